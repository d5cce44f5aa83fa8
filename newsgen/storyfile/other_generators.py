"""What other generators and newsrooms call our keys and their values: a better guess than the nearest spelling."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from newsgen.text.nearest import nearest

__all__ = ["STATUSES", "TYPES", "nearest_key"]

# The first that the file knows counts: a story has a headline, a section a title, a person a name.
_KEYS: Mapping[str, tuple[str, ...]] = {
    "title": ("headline", "name"), "name": ("headline", "title"), "head": ("headline",), "author": ("byline",),
    "authors": ("byline",), "category": ("section",), "categories": ("section",), "desk": ("section",),
    "keywords": ("tags",), "topics": ("tags",), "subjects": ("tags",), "lang": ("language",), "locale": ("language",),
    "image": ("photos", "photo", "file"), "images": ("photos",), "photo": ("photos", "file"), "picture": ("photos",),
    "cover": ("photos",), "src": ("file",), "caption": ("photos",), "alt_text": ("alt",), "modified": ("updated",),
    "lastmod": ("updated",), "last_modified": ("updated",), "published": ("date",), "pubdate": ("date",),
    "publishdate": ("date",), "publish_date": ("date",), "published_at": ("date",), "draft": ("status",),
    "embargoed": ("embargo",), "release": ("embargo",), "expirydate": ("expires",), "unpublishdate": ("expires",),
    "copyright": ("rights", "notice"), "license": ("rights", "usage"), "licence": ("rights", "usage"),
    "organizations": ("organisations",), "companies": ("organisations",), "locations": ("places",),
    "location": ("places", "place"), "persons": ("people",), "permalink": ("slug",), "url": ("slug",),
    "uid": ("id",), "guid": ("id",), "correction": ("corrections",), "alias": ("aliases",), "biography": ("bio",),
    "about": ("bio", "description"), "summary": ("description",), "weight": ("order",), "position": ("order",),
    "lat": ("latitude",), "lon": ("longitude",), "lng": ("longitude",), "long": ("longitude",), "website": ("url",),
    "homepage": ("url",), "state": ("region",), "province": ("region",), "robots": ("noindex",),
}  # fmt: skip
STATUSES: Mapping[str, str] = {
    "published": "live", "publish": "live", "public": "live", "hidden": "withheld", "private": "withheld",
    "held": "withheld", "hold": "withheld", "pending": "draft", "unpublished": "withheld", "deleted": "killed",
    "retracted": "killed", "withdrawn": "killed", "spiked": "killed",
}  # fmt: skip
TYPES: Mapping[str, str] = {
    "article": "story", "news": "story", "post": "story", "feature": "story", "opinion": "analysis",
    "chronology": "timeline", "gallery": "photo", "picture": "photo", "explainer": "factbox", "short": "brief",
}  # fmt: skip


def nearest_key(word: str, known: Collection[str]) -> str:
    """The known key that was probably meant; "" for none."""
    ours = _KEYS.get(word.strip().casefold().replace("-", "_"), ())
    return next((key for key in ours if key in known), "") or nearest(word, known)
