"""What the text shows empty: fields without a value, lists that were lost, blank references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from graph.anchors import Span
from graph.drafting.accounting import single_spaced
from graph.drafting.authoring.nodes import Iri, Node, Says, english, term
from graph.drafting.authoring.references import blank_gap, lost_addresses, reference_name
from graph.drafting.authoring.scene import Scene, capitalised
from graph.drafting.authoring.slugs import told_apart
from graph.drafting.document import Field, Form


def field_gaps(scene: Scene) -> Iterator[Node]:
    """Yield a gap for each name of a field under which a rendered text shows nothing.

    In wikitext an empty parameter is none that the page shows.
    """
    if scene.document.form is not Form.RENDERED:
        return
    filled = {field.key for field in scene.document.fields if field.lines}
    empty = [
        (field, field.label)
        for field in scene.document.fields
        if field.label is not None and not field.lines and field.key not in filled
    ]
    names = told_apart([(_printed(label, scene), str(label.start)) for _, label in empty])
    for (_, label), name in zip(empty, names, strict=True):
        printed = _printed(label, scene)
        yield _gap(scene, name, f"{capitalised(printed)}: empty in the infobox", scene.battle, printed, quotes=(label,))


def list_gaps(lost: Iterable[tuple[Node, Iri]], fields: Sequence[Field], scene: Scene) -> Iterator[Node]:
    """Yield a gap for each list of losses that was lost; `lost` are the claims that stand for them, and their names."""
    for node, claim in lost:
        at = node.quotes[0]
        label = next((field.label for field in fields if field.span.start <= at.start < field.span.end), None)
        printed = _printed(label, scene) if label else "Casualties and losses"
        heading = capitalised(single_spaced(scene.document.source[at.start : at.end]).rstrip(":"))
        yield _gap(
            scene,
            claim.value.rpartition("/")[2],
            f"{heading}: the list is empty ({claim.value.rpartition('/')[2].split('-losses')[0].replace('-', ' ')})",
            claim,
            printed,
            quotes=(*node.quotes, label) if label else node.quotes,
        )


def reference_gaps(scene: Scene) -> Iterator[Node]:
    """Yield a gap for each reference whose entry is blank, and for each address that an entry has lost."""
    for entry in scene.document.entries:
        if entry.line is None and not entry.is_note:
            state = "not there" if entry.span in entry.uses else "empty"
            label = f"Reference {reference_name(entry, scene)}: the whole entry is {state}"
            yield _gap(
                scene,
                blank_gap(scene, entry).value.rpartition("/")[2],
                label,
                scene.footnotes[entry.name].iri,
                "Reference",
                quotes=(entry.span,),
                status="bg:ReferenceBlank",
            )

    for entry in scene.document.entries:
        if entry.line is not None and not entry.is_note:
            for gap, field, span in lost_addresses(entry, scene):
                label = f"{field} of reference {reference_name(entry, scene)}"
                name = gap.value.rpartition("/")[2]
                yield _gap(scene, name, label, scene.footnotes[entry.name].iri, field, quotes=(span,))


def _gap(
    scene: Scene,
    name: str,
    label: str,
    of: Iri,
    field: str,
    *,
    quotes: tuple[Span, ...],
    status: str = "bg:NoReferenceGiven",
) -> Node:
    says: tuple[Says, ...] = (
        ("rdfs:label", english(label)),
        ("bg:inArticle", scene.article),
        ("bg:gapIn", of),
        ("bg:field", english(field)),
        ("bg:valueStatus", term("bg:LostInSource")),
        ("bg:sourceStatus", term(status)),
    )
    return Node(scene.own("gap", name).value, "bg:Gap", says, quotes)


def _printed(label: Span, scene: Scene) -> str:
    return single_spaced(scene.document.source[label.start : label.end]).strip(" :|=-*'")
