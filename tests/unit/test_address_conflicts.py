"""Two pages never claim one address: it is told before anything is rendered."""

from __future__ import annotations

from dataclasses import replace

from openplans.gates import address_conflicts
from openplans.model import Redirects
from openplans.publication import Publication
from openplans.routes import routes


def found(publication: Publication) -> list[tuple[str, str, str]]:
    return [(item.place.path, item.values["found"], item.values["first"]) for item in address_conflicts(publication)]


def test_the_world_s_addresses_are_free(publication: Publication) -> None:
    assert found(publication) == []
    paths = [route.path.casefold() for route in routes(publication)]
    assert len(paths) == len(set(paths)) > 500


def test_a_page_that_a_person_wrote_stands_in_nobody_s_place(publication: Publication) -> None:
    written = {"lv": [("Glossary", "Vārdnīca"), ("about", "Par")], "en": [("zalias-namas", "House")]}
    assert found(replace(publication, hand_written=written)) == [
        ("docs/en/zalias-namas.md", "en/zalias-namas/", "organization"),
        ("docs/lv/Glossary.md", "lv/Glossary/", "glossary"),
    ]


def test_a_redirect_leads_away_from_no_page(publication: Publication) -> None:
    redirects = Redirects.model_validate({"redirects": {"zalias-namas/two-years-2026": "zalias-namas", "old": "about"}})
    dataset = replace(publication.dataset, redirects=redirects)
    path = "zalias-namas/two-years-2026/"
    assert found(replace(publication, dataset=dataset)) == [
        (f"{language}/{path}", f"{language}/{path}", "plan") for language in sorted(publication.languages)
    ]


def test_of_two_records_with_one_address_all_languages_are_told(publication: Publication) -> None:
    first = publication.dataset.organizations[0]
    plan = first.plans[0]
    section = plan.sections[0]
    # What the checks of the data would tell first.
    action = plan.actions[0].model_copy(update={"id": section.id})
    plan = plan.model_copy(update={"actions": (*plan.actions, action)})
    organization = first.model_copy(update={"plans": (plan, *first.plans[1:])})
    dataset = replace(publication.dataset, organizations=(organization, *publication.dataset.organizations[1:]))
    path = f"{organization.id}/{plan.id}/{section.id}/"
    assert found(replace(publication, dataset=dataset)) == [
        (f"{language}/{path}", f"{language}/{path}", "section") for language in sorted(publication.languages)
    ]
