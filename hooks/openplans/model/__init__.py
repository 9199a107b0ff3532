"""The domain: frozen, typed facts as authors write them; field descriptions are the editors' help."""

from .action import Action, Part, Partner, Result
from .base import Facts, Note, Record, SourceReference, fields_from_path
from .event import Event, EventResult, Occurrence, Place, Registration
from .measures import Actual, Baseline, Evidence, Indicator, IndicatorPeriod, Money, MoneyLine, Target, Update
from .moments import Clocks, Exact, Moment
from .organization import Committee, Organization, Seasons
from .organization import Term as NamedTerm
from .periods import UNKNOWN_SPAN, NamedPeriods, Period, Point, Span
from .plan import Approval, ContextFact, Direction, Goal, Objective, Plan, Section, SourceDocument, Swot
from .rule import Rule
from .website import Glossary, Licence, Publisher, Redirects, Site, Thresholds
from .website import Term as GlossaryTerm
from .when import Quota, Relative, When

__all__ = [
    "UNKNOWN_SPAN",
    "Action",
    "Actual",
    "Approval",
    "Baseline",
    "Clocks",
    "Committee",
    "ContextFact",
    "Direction",
    "Event",
    "EventResult",
    "Evidence",
    "Exact",
    "Facts",
    "Glossary",
    "GlossaryTerm",
    "Goal",
    "Indicator",
    "IndicatorPeriod",
    "Licence",
    "Moment",
    "Money",
    "MoneyLine",
    "NamedPeriods",
    "NamedTerm",
    "Note",
    "Objective",
    "Occurrence",
    "Organization",
    "Part",
    "Partner",
    "Period",
    "Place",
    "Plan",
    "Point",
    "Publisher",
    "Quota",
    "Record",
    "Redirects",
    "Registration",
    "Relative",
    "Result",
    "Rule",
    "Seasons",
    "Section",
    "Site",
    "SourceDocument",
    "SourceReference",
    "Span",
    "Swot",
    "Target",
    "Thresholds",
    "Update",
    "When",
    "fields_from_path",
]
