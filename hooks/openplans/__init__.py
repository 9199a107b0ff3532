"""Open Plans: from plan data in YAML to a public site in several languages.

The rooms, from the ground up; imports run downwards only (tests/unit/test_floors.py holds them to it):

====  ==================================================================================================================
0     diagnostic · language · palette · look · security_policy · copy_style · crew · exit_codes  words and signs
1     model · yaml_mistakes · yaml_source · parts · build_day · cache_file · template_cache · folder_state  facts; texts
2     messages · privacy · zones · values · repetitions · dates · feed_names · qr_code · parsed  words; time; memory
3     validation · data_folder · load · checks · schemas                                         reading; rules
4     series · calendars · facets · quotas · progress · funds · facts · answering                derived: meetings, sums
5     git_history · ledger · value_differences · differences                                     from git: what changed
6     record_moves · record_states · revisions · ledger_walk · history                           commits → the ledger
7     publication · adoption · reporting · handover · changes · coverage                         the dataset on a day
8     feed_size · feeds · zone_definitions · next_change                                         calendars and turns
9     routes · file_addresses · hand_written                                                     addresses
10    date_words · meeting_words · change_words · feed_words · news                              words ready to print
11    markdown_field · views                                                                     pages ready to print
12    render · lettering · social_picture · frame · splicing                                     HTML, pictures
13    outputs · reports · release · pagefind_service · search_index · page_links · gates · theme_files  files; gates
14    project · inputs · page_store · kept · standing · part_facts · shards                      of what a site is made
15    reading · page_files · meter · site_build · shard_build · preview                          the way out
16    commands · cli, and hooks/publish.py outside the package                                   doors without rules
====  ==================================================================================================================
"""

__version__ = "0.1.0"
