"""Open Plans: from plan data in YAML to a public site in several languages.

The rooms, from the ground up; imports run downwards only (tests/unit/test_floors.py holds them to it):

====  ==============================================================================================
0     diagnostic · language · palette                              words and signs
1     model · yaml_source                                          facts: typed entities; text with places
2     messages · privacy · zones · values · validation · load · checks · schemas    reading: folder → Dataset; rules
3     dates · calendars · quotas · progress · funds · facts        derived: time, meetings, completion, money
4     git_history · ledger · value_differences · differences · record_moves · record_states · ledger_walk · history
5     publication · adoption · reporting · handover · changes · feeds · coverage    the dataset on a day at an address
6     routes                                                       addresses
7     date_words · change_words · news · markdown_field · views    words ready to print
8     render                                                       HTML fragments
9     outputs · reports · gates · release · site_build             files, reports, the way out
10    cli, and hooks/publish.py outside the package                doors, with no rules in them
====  ==============================================================================================
"""

__version__ = "0.1.0"
