"""Calendars are never larger than calendar programs take: a feed of very much holds what is nearest, and says so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from openplans import feed_size
from openplans.feed_size import size_of
from openplans.feed_words import feed_description
from openplans.feeds import Feed, feeds_of, subscriptions
from openplans.load import load_dataset
from openplans.outputs import ics
from openplans.publication import Publication

from .conftest import EVENT_DAY, EVENT_URL, EVENT_WORLD

LIMIT = 12_000


@pytest.fixture
def events() -> Publication:
    """Return the events' world, derived anew."""
    dataset = load_dataset(EVENT_WORLD).dataset
    assert dataset is not None
    return Publication(dataset, EVENT_DAY, EVENT_URL)


def written(publication: Publication) -> dict[str, int]:
    """Return the size of each calendar by its path."""
    return {file.path: len(file.content) for file in ics.files(publication)}


def by_name(publication: Publication) -> dict[str, Feed]:
    return {feed.name: feed for feed in subscriptions(publication)}


def test_entries_are_hardly_ever_larger_than_thought(events: Publication, publication: Publication) -> None:
    for world in (events, replace(publication)):
        sizes = written(world)
        for feed in feeds_of(world):
            # What a calendar says of itself, what is gone, and what is there.
            thought = 2_500 + 500 * len(feed.gone) + sum(size_of(entry.meeting) for entry in feed.entries)
            for language in world.languages:
                assert sizes[f"calendars/{language}/{feed.name}.ics"] <= thought, feed.name


def test_what_is_nearest_stays_and_the_feed_says_so(events: Publication, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = by_name(replace(events))
    monkeypatch.setattr(feed_size, "SIZE_LIMIT", LIMIT)
    cut = by_name(events)
    assert cut.keys() == whole.keys()
    assert {name for name, feed in cut.items() if feed.is_cut} >= {"all"}
    assert not all(feed.is_cut for feed in cut.values())
    for name, feed in cut.items():
        if not feed.is_cut:
            assert feed.entries == whole[name].entries
            assert feed_description(feed, events, "en") == feed_description(whole[name], events, "en")
            continue
        left_out = [entry for entry in whole[name].entries if entry not in feed.entries]
        assert list(feed.entries) == [entry for entry in whole[name].entries if entry in feed.entries]

        def distance(entry: object) -> int:
            return abs((entry.exact.first.day - EVENT_DAY).days)  # type: ignore[attr-defined]

        assert max(map(distance, feed.entries), default=0) <= min(map(distance, left_out))
        for language in events.languages:
            first = events.messages(language).day(min(entry.exact.first.day for entry in feed.entries))
            words = feed_description(feed, events, language)
            assert first in words and ".." not in words
    for path, size in written(events).items():
        if path.rpartition("/")[2].removesuffix(".ics") in cut:
            assert size <= LIMIT + 3_500, path


def test_a_feed_in_which_nothing_fits_is_empty_and_says_nothing_wrong(
    events: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_size, "SIZE_LIMIT", 10)
    feed = by_name(events)["all"]
    assert feed.entries == () and feed.is_cut
    assert feed_description(feed, events, "en").startswith("Events of all organizations")
