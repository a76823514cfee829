"""The reader of rendered plain text: what mirrors and text browsers print of an article."""

from graph.drafting.rendered.article import read_rendered

__all__ = ("read_rendered",)
