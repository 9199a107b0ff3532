"""Open Plans: from plan data in YAML to a public site in several languages.

The rooms, from the ground up; imports run downwards only (tests/unit/test_floors.py holds them to it):

====  ==================================================================================================================
0     diagnostic · language · palette · look · security_policy · copy_style · crew      words and signs
1     model · yaml_source                                                               facts; text with places
2     messages · privacy · zones · values · repetitions · dates · feed_names · qr_code · parsed   words; time; memory
3     validation · load · checks · schemas                                              reading: folder → Dataset; rules
4     series · calendars · facets · quotas · progress · funds · facts                   derived: meetings, money
5     git_history · ledger · value_differences · differences                            derived from git: what changed
6     record_moves · record_states · revisions · ledger_walk · history                  from commits to the ledger
7     publication · adoption · reporting · handover · changes · coverage                the dataset on a day
8     feeds · next_change                                                               calendars, and when they turn
9     routes · file_addresses                                                           addresses
10    date_words · meeting_words · change_words · feed_words · news                     words ready to print
11    markdown_field · views                                                            pages ready to print
12    render · lettering · social_picture · frame · splicing                            HTML fragments, pictures
13    outputs · reports · search_index · gates · release                               files, reports
14    project · kept · part_facts · shards · page_files · meter · site_build · shard_build · preview  the way out
15    cli, and hooks/publish.py outside the package                                     doors, with no rules in them
====  ==================================================================================================================
"""

__version__ = "0.1.0"
