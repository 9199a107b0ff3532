"""The pictures beside links: every letter is there, nothing leaves the frame, the same words give the same bytes."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openplans.lettering import ELLIPSIS, balanced, fitted, font, width_of, wrapped
from openplans.look import PLAIN, Look, read_look
from openplans.outputs import social_pictures
from openplans.palette import STATUS_COLOURS
from openplans.publication import Publication
from openplans.routes import PageKind, Route, routes
from openplans.social_picture import HEIGHT, WIDTH, social_picture
from openplans.views import view_of
from openplans.views.pictures import picture_view
from openplans.views.scope import Scope
from PIL import Image, ImageColor

LETTERS = "aąbcčdeęėfghiįyjklmnoprsštuųūvzž" + "āčēģīķļņšūž" + "qwx"
SIGNS = "0123456789.,:;!?()/%&+-–—„“”‘’«»·…§°€"
WEIGHTS = (400, 600, 700)
SMALL_ENOUGH = 40_000
MARK = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" fill="#c02020"/></svg>'
LOOK = Look("#204060", MARK)
MARGIN = 72
#: Rows in the middle of the bar, when one line of words stands under it.
BAR_ROW = 512

words = st.text(st.sampled_from(LETTERS + LETTERS.upper() + SIGNS), min_size=1, max_size=40)
texts = st.lists(words, min_size=1, max_size=30).map(" ".join)


def picture(**changes: object) -> bytes:
    """Return a picture of usual length, with some of its words changed."""
    usual = {
        "site": "Atviri planai",
        "day": "Duomenų data: 2027 m. gegužės 1 d.",
        "above": "Žaliasis namas",
        "title": "Dvejų metų planas",
        "below": "2026 m. – 2027 m.",
        "sentence": "2 įvykdyta · 2 neatsiskaityta, iš 4.",
        "note": "",
        "bar": (("done", 0, 500), ("unreported", 500, 500)),
        "look": LOOK,
    }
    return social_picture(**{**usual, **changes})  # type: ignore[arg-type]


def pixels(content: bytes) -> Image.Image:
    """Return a picture in plain colours."""
    return Image.open(BytesIO(content)).convert("RGB")


def chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and content of each part of a PNG file."""
    place = 8
    while place < len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        yield content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        place += length + 12


def colours_in(image: Image.Image, box: tuple[int, int, int, int]) -> set[tuple[int, int, int]]:
    """Return the colours of a part of a picture."""
    return {colour for _, colour in image.crop(box).getcolors(box[2] * box[3]) or ()}  # type: ignore[misc]


# -- letters --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_letter_has_a_shape_of_its_own(weight: int) -> None:
    face = font(48, weight)

    def shape(letter: str) -> tuple[tuple[int, int], bytes]:
        mask = face.getmask(letter)
        return mask.size, bytes(mask)

    missing = shape("\U0010ffff")
    drawn = {letter: shape(letter) for letter in LETTERS + LETTERS.upper() + SIGNS}
    assert [letter for letter, own in drawn.items() if own == missing or not any(own[1])] == []
    assert len(set(drawn.values())) == len(drawn)


def test_a_space_that_nothing_is_broken_at_has_no_shape() -> None:
    assert font(34, 400).getmask("\u00a0").getbbox() is None
    assert font(34, 400).getlength("\u00a0") == font(34, 400).getlength(" ")


# -- lines ----------------------------------------------------------------------------------------------------------


@given(texts, st.sampled_from((200, 500, 1056)))
def test_lines_fit_and_nothing_is_lost(text: str, width: int) -> None:
    face = font(48, 700)
    for lines in (wrapped(text, face, width), balanced(text, face, width)):
        assert all(face.getlength(line) <= width for line in lines)
        assert "".join(lines).replace(" ", "").replace("\u00a0", "") == text.replace(" ", "")
        assert "" not in lines


@given(texts)
def test_a_line_is_as_wide_as_its_letters(text: str) -> None:
    face = font(34, 600)
    assert width_of(text, face) == face.getlength(text)


@given(texts)
def test_even_lines_are_as_few(text: str) -> None:
    face = font(48, 700)
    assert len(balanced(text, face, 1056)) == len(wrapped(text, face, 1056))


@given(texts, st.integers(1, 4))
def test_what_does_not_fit_ends_with_an_ellipsis(text: str, limit: int) -> None:
    face = font(48, 700)
    lines = wrapped(text, face, 500)
    kept = fitted(lines, face, 500, limit)
    assert len(kept) <= limit
    assert all(face.getlength(line) <= 500 for line in kept)
    assert kept == lines if len(lines) <= limit else kept[-1].endswith(ELLIPSIS)


@pytest.mark.parametrize("tied", ["2024 m.", "15 veiksmų", "2023–2025 m. m.", "5 d."])
def test_a_number_stays_with_what_it_counts(tied: str) -> None:
    face = font(48, 700)
    lines = wrapped(f"Planas {tied}", face, face.getlength(tied) + 1)
    assert lines[-1].replace("\u00a0", " ") == tied


def test_letters_written_as_two_signs_are_drawn_as_one() -> None:
    assert picture(title="Z\u030cingsniai", site="Pla\u0304ni") == picture(title="Žingsniai", site="Plāni")


def test_signs_that_are_not_seen_leave_no_trace() -> None:
    hidden = picture(title="Vie\u00adša\nšven\u200btė\u202e", above="Namas\tir\x07\nsodas")
    assert hidden == picture(title="Vieša šventė", above="Namas ir sodas")


# -- the file -------------------------------------------------------------------------------------------------------


def test_it_is_a_small_file_of_1200_by_630_points_without_a_date() -> None:
    content = picture()
    parts = list(chunks(content))
    assert (WIDTH, HEIGHT) == struct.unpack(">II", parts[0][1][:8]) == (1200, 630)
    assert parts[0][1][9] == 3, "colours from a palette"
    assert {name for name, _ in parts} == {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
    assert len(content) < SMALL_ENOUGH


def test_the_same_words_give_the_same_bytes() -> None:
    first = picture()
    font.cache_clear()
    assert picture() == first
    assert picture(title="Kitas planas") != first


def all_statuses() -> tuple[tuple[str, int, int], ...]:
    """Return a bar with a stretch of every status."""
    return tuple((status, 125 * place, 125) for place, status in enumerate(STATUS_COLOURS))


LONG = "Labai ilgas pavadinimas, kuriame – „Žąsų šokis“ ir āboļu dārzs; "


@pytest.mark.parametrize("title", ["", "Ė", LONG, LONG * 20, "ž" * 400])
@pytest.mark.parametrize("sentence", ["1 veiksmas; rezultatai nepaskelbti.", "12 įvykdyta iš dalies · " * 12])
def test_nothing_leaves_the_frame(title: str, sentence: str) -> None:
    content = picture(
        site=LONG * 2, above=LONG * 3, title=title, below=LONG * 3, sentence=sentence, note=LONG * 2, bar=all_statuses()
    )
    image = pixels(content)
    paper, head = {(255, 255, 255)}, {ImageColor.getrgb(LOOK.colour)}
    for left, right in ((0, MARGIN - 1), (WIDTH - MARGIN + 1, WIDTH)):
        assert colours_in(image, (left, 0, right, 96)) == head
        assert colours_in(image, (left, 96, right, HEIGHT)) == paper
    assert colours_in(image, (0, 96, WIDTH, 116)) == paper
    assert colours_in(image, (0, HEIGHT - 30, WIDTH, HEIGHT)) == paper
    assert len(content) < SMALL_ENOUGH


def rows_with_ink(image: Image.Image) -> list[bool]:
    """Tell of each row below the head whether anything is drawn in it."""
    grey = image.convert("L").point(lambda value: 255 - value)
    return [grey.crop((0, row, WIDTH, row + 1)).getbbox() is not None for row in range(96, HEIGHT)]


def test_a_long_title_stands_clear_of_what_is_around_it() -> None:
    rows = rows_with_ink(pixels(picture(title=LONG * 20)))
    blocks = sum(1 for above, row in zip([False, *rows], rows, strict=False) if row and not above)
    # One line above, four of the title (their tails and accents may meet), one below, the bar, one sentence.
    assert 5 <= blocks <= 8
    assert not any(rows[455 - 96 : 490 - 96])


# -- the bar --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", sorted(set(STATUS_COLOURS) - {"unreported"}))
def test_a_status_has_its_colour_in_the_bar(status: str) -> None:
    image = pixels(picture(bar=((status, 0, 1000),)))
    assert colours_in(image, (MARGIN + 20, BAR_ROW, WIDTH - MARGIN - 20, BAR_ROW + 1)) == {
        ImageColor.getrgb(STATUS_COLOURS[status].light)
    }


def test_a_mark_of_many_colours_leaves_room_for_all_others() -> None:
    stops = "".join(f'<stop offset="{i * 16}%" stop-color="{c.light}"/>' for i, c in enumerate(STATUS_COLOURS.values()))
    mark = MARK.replace("<rect", f'<linearGradient id="g">{stops}</linearGradient><rect').replace("#c02020", "url(#g)")
    content = picture(bar=all_statuses(), look=Look("#204060", mark), note="Naujausia ataskaita: 2024 m.")
    (colours,) = (part for name, part in chunks(content) if name == b"PLTE")
    assert 200 < len(colours) // 3 <= 256
    row = pixels(content).crop((MARGIN, BAR_ROW, WIDTH - MARGIN, BAR_ROW + 1)).getcolors()
    solid = {colour for _, colour in row or ()}
    assert solid >= {ImageColor.getrgb(c.light) for key, c in STATUS_COLOURS.items() if key != "unreported"}


def test_what_nobody_reported_on_is_neither_full_nor_empty() -> None:
    image = pixels(picture(bar=(("unreported", 0, 1000),), sentence="4 veiksmai; rezultatai nepaskelbti."))
    colours = colours_in(image, (MARGIN + 20, BAR_ROW, WIDTH - MARGIN - 20, BAR_ROW + 1))
    assert len(colours) > 2, "hatched"
    assert (255, 255, 255) not in colours
    assert not colours & {ImageColor.getrgb(colour.light) for colour in STATUS_COLOURS.values()}


def test_stretches_are_as_long_as_they_are_many() -> None:
    image = pixels(picture(bar=(("done", 0, 250), ("ongoing", 250, 750))))
    row = [image.getpixel((x, BAR_ROW)) for x in range(MARGIN, WIDTH - MARGIN)]
    done, ongoing = (row.count(ImageColor.getrgb(STATUS_COLOURS[key].light)) for key in ("done", "ongoing"))
    assert done == pytest.approx(len(row) / 4, abs=8)
    assert ongoing == pytest.approx(len(row) * 3 / 4, abs=8)


# -- the site's look ------------------------------------------------------------------------------------------------


def test_the_head_has_the_sites_colour_and_mark() -> None:
    image = pixels(picture())
    assert image.getpixel((MARGIN + 30, 48)) == (0xC0, 0x20, 0x20)
    assert image.getpixel((WIDTH - 5, 5)) == (0x20, 0x40, 0x60)


@pytest.mark.parametrize("mark", ["", "no picture", "<svg"])
def test_a_mark_that_cannot_be_drawn_is_left_out(mark: str) -> None:
    assert picture(look=Look("#204060", mark)) == picture(look=Look("#204060"))


def test_a_wide_mark_keeps_its_shape() -> None:
    wide = MARK.replace("0 0 24 24", "0 0 72 24").replace('rect width="24"', 'rect width="72"')
    image = pixels(picture(look=Look("#204060", wide)))
    assert colours_in(image, (MARGIN + 1, 20, MARGIN + 178, 76)) == {(0xC0, 0x20, 0x20)}
    assert image.getpixel((MARGIN + 182, 48)) == (0x20, 0x40, 0x60)


def test_the_look_is_read_from_the_style_sheet_and_the_mark(tmp_path: Path) -> None:
    assert read_look(tmp_path) == PLAIN
    (tmp_path / "mark.svg").write_text(MARK, encoding="utf-8")
    rules = ":root {\n  --md-primary-fg-color: %s;\n}\n@media dark {\n  :root { --md-primary-fg-color: #000; }\n}\n"
    for colour, read in (("#123ABC", "#123ABC"), ("#ace", "#ace"), ("rebeccapurple", "#000")):
        (tmp_path / "plans.css").write_text(rules % colour, encoding="utf-8")
        assert read_look(tmp_path) == Look(read, MARK)


# -- what is published ----------------------------------------------------------------------------------------------


def test_there_is_a_picture_of_the_site_and_of_each_plan_in_each_language(publication: Publication) -> None:
    plans = [
        (organization.id, plan.id) for organization in publication.dataset.organizations for plan in organization.plans
    ]
    expected = {f"pictures/site.{language}.png" for language in publication.languages}
    expected |= {f"pictures/{of}/{plan}.{language}.png" for of, plan in plans for language in publication.languages}
    made = list(social_pictures.files(publication))
    assert {file.path for file in made} == expected
    assert len(made) == len(expected) == len({file.content for file in made})
    assert max(len(file.content) for file in made) < SMALL_ENOUGH


def test_pages_in_a_plan_have_its_picture_and_others_the_sites(publication: Publication) -> None:
    made = {file.path for file in social_pictures.files(publication)}
    found = {}
    for route in routes(publication):
        path = picture_view(Scope(publication, route)).path
        assert path in made
        assert path.endswith(f".{route.language}.png")
        found.setdefault(route.kind, set()).add(path.rpartition("/")[0])
    inside = {PageKind.PLAN, PageKind.SECTION, PageKind.ACTION, PageKind.REPORT, PageKind.COPY}
    for kind, folders in found.items():
        if kind in inside:
            assert "pictures" not in folders
        elif kind is not PageKind.COMPUTED:
            assert folders == {"pictures"}, kind


def test_the_picture_says_what_the_page_says(publication: Publication) -> None:
    for organization in publication.dataset.organizations:
        for plan in organization.plans:
            for language in publication.languages:
                view = view_of(Route(PageKind.PLAN, language, organization.id, plan.id), publication)
                said, progress = view.page.picture, view.parts["progress"]
                assert said is not None
                assert (said.sentence, said.note, said.bar) == (progress.sentence, progress.stale, progress.bar)
                assert said.title == plan.title.shown(language).text
                assert said.above == organization.name.shown(language).text
                assert view.parts["period"] in said.below
                assert (said.below != view.parts["period"]) == plan.title.shown(language).is_fallback
                assert all(part in said.alternative for part in (said.title, said.above, said.below, said.sentence))


def test_a_plan_without_reports_says_so_and_shows_no_share(small: Publication) -> None:
    said = picture_view(Scope(small, next(r for r in routes(small) if r.kind is PageKind.PLAN)))
    assert [part.key for part in said.bar] == ["unreported"]
    assert said.sentence
    assert "%" not in said.alternative
