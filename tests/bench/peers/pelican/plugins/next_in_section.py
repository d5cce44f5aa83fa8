"""Gives every article its newer neighbour and the ten that follow in its section; Pelican has neither built in."""

from pelican import signals
from pelican.generators import ArticlesGenerator


def link(generator: ArticlesGenerator) -> None:
    for _category, articles in generator.categories:
        ordered = sorted(articles, key=lambda article: article.date, reverse=True)
        for at, article in enumerate(ordered):
            article.section_newer = ordered[at - 1] if at else None
            article.section_next = ordered[at + 1 : at + 11]


def register() -> None:
    signals.article_generator_finalized.connect(link)
