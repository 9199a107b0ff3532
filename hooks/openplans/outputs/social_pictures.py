"""``pictures/site.<language>.png`` and ``pictures/<org>/<plan>.<language>.png``: shown beside links.

They are named in the pages' heads (``og:image``) once the site knows its address.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..publication import Publication
from ..routes import PageKind, Route
from ..social_picture import social_picture
from ..views.pictures import picture_view
from ..views.scope import Scope
from .base import OutputFile, holds_the_rest, organizations_in


def files(publication: Publication, part: str | None = None) -> Iterator[OutputFile]:
    """Yield a picture of the site and of each plan, in each language; of one part of the site only its own."""
    for language in publication.languages:
        routes = [Route(PageKind.HOME, language)] if holds_the_rest(part) else []
        for organization in organizations_in(publication, part):
            routes += [Route(PageKind.PLAN, language, organization.id, plan.id) for plan in organization.plans]
        for route in routes:
            view = picture_view(Scope(publication, route))
            content = social_picture(
                site=view.site,
                day=view.day,
                above=view.above,
                title=view.title,
                below=view.below,
                sentence=view.sentence,
                note=view.note,
                bar=[(part.key, part.start, part.width) for part in view.bar],
                look=publication.look,
            )
            yield OutputFile(view.path, content)
