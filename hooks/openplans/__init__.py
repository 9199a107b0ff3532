"""Open Plans: from plan data in YAML to a public site in several languages.

The rooms, from the ground up; imports run downwards only (tests/unit/test_floors.py holds them to it):

====  ==============================================================================================
0     diagnostic · language · palette                              words and signs
1     model · yaml_source                                          facts: typed entities; text with places
2     messages · privacy · zones · values · validation · load · checks · schemas    reading: folder → Dataset; rules
3     dates · calendars · quotas · progress · funds                derived: time, meetings, completion, money
4     publication · reporting · changes · feeds · facts · coverage    the dataset on a day at an address
5     routes · news                                                addresses
6     date_words · markdown_field · views                          words ready to print
7     render                                                       HTML fragments
8     outputs · reports · gates · release                          files, reports, the way out
9     cli, and hooks/publish.py outside the package                doors, with no rules in them
====  ==============================================================================================
"""

__version__ = "0.1.0"
