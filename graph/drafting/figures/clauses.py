"""The chunks of a line put together to figures: which effect, which things, which limits belong to which count.

One pass from left to right. Figures wait for a verb that stands after a later one ("26 tanks,
4 IFVs destroyed"); a heading lends what the figures after it leave out ("Killed: 169"); a bracket
after a figure, or a list after "including", has its parts.
"""

from __future__ import annotations

from typing import Final

from graph.drafting.figures import effects, objects
from graph.drafting.figures.chunks import Chunk, Part
from graph.drafting.figures.drafts import Draft, Label, Level, Stretch
from graph.drafting.figures.lexicon import words
from graph.drafting.figures.lists import completed, is_part, shares_effect
from graph.drafting.figures.tokens import Tokens

_ADJECTIVES: Final = words("non-combat noncombat combat battle accidental non-hostile hostile military")
"""Before an effect, or alone after a number, these limit it rather than say what was lost."""
_CLAIMING: Final = words(
    "claim claims claimed according acc source sources estimate estimates estimation per report reports"
)
_LOOK_AHEAD: Final = 40


class Clauses:
    """The figures of one line, and which of its tokens they were read from."""

    def __init__(self, tokens: Tokens, chunks: tuple[Chunk, ...]) -> None:
        """Read a line."""
        self.tokens = tokens
        self.drafts: list[Draft] = []
        self.read: set[int] = set()
        self.ignored: dict[int, str] = {}
        self.continues = False
        """Whether the figures are parts of a figure before the line."""
        self._chunks = chunks
        self._closed = _closed(chunks)
        self._levels = [Level()]
        for at, chunk in enumerate(chunks):
            self._take(at, chunk)

    def text(self, stretch: Stretch) -> str:
        """Return the words of a stretch, with single spaces where the line has any."""
        parts: list[str] = []
        for at in range(*stretch):
            if at > stretch[0] and self.tokens[at].start > self.tokens[at - 1].end:
                parts.append(" ")
            parts.append(self.tokens[at].text)
        return "".join(parts)

    def place(self, stretch: Stretch) -> tuple[int, int]:
        """Return where a stretch stands in the line."""
        return self.tokens[stretch[0]].start, self.tokens[stretch[1] - 1].end

    def forget(self, draft: Draft) -> None:
        """Count the words of a figure as not read."""
        for stretch in ((draft.start, draft.end), *draft.scopes, *draft.hedges):
            self.read.difference_update(range(*stretch))

    def _mark(self, stretch: Stretch) -> None:
        self.read.update(range(*stretch))

    def _take(self, at: int, chunk: Chunk) -> None:
        level = self._levels[-1]
        match chunk.part:
            case Part.COUNT:
                self._count(at, chunk, level)
            case Part.NOUN:
                self._noun(chunk, level)
            case Part.EFFECT:
                self._effect(at, chunk, level)
            case Part.SCOPE:
                self._scope(at, chunk, level)
            case Part.HEDGE | Part.TOTAL:
                self._qualify(at, chunk, level)
            case Part.APART:
                self.ignored.update(dict.fromkeys(range(chunk.start, chunk.end), chunk.reason or ""))
            case Part.OPEN if at in self._closed:
                self._open(at, chunk, level)
            case Part.CLOSE if at in self._closed:
                self._close(at)
            case _:
                self._join(chunk, level)

    def _join(self, chunk: Chunk, level: Level) -> None:
        match chunk.part:
            case Part.INCLUDING:
                self._including(chunk, level)
            case Part.COLON:
                self._colon(level)
            case Part.COMMA | Part.JOINT | Part.STOP | Part.OPEN:
                self._part(chunk, level)
            case _:
                pass

    def _next(self, at: int) -> Part | None:
        return self._chunks[at + 1].part if at + 1 < len(self._chunks) else None

    # Counts

    def _count(self, at: int, chunk: Chunk, level: Level) -> None:
        draft = Draft(chunk.start, chunk.end, chunk.quantity, label=level.label, joint=level.joint)
        draft.parent = level.listed or level.parent
        draft.is_total, level.is_totalled = level.is_totalled, False
        if level.noun is not None and level.noun.end == chunk.start:
            self._name_before(at, draft, level.noun, level)
        if level.effect is not None and level.effect.end == chunk.start and self._is_headed(at):
            self._give(draft, level.effect)
            draft.start = level.effect.start
            if level.held is not None:
                draft.object, draft.start = level.held, level.held[0]
                self._mark(level.held)
        level.noun, level.effect, level.held = None, None, None
        draft.scopes.extend(level.leading)
        for scope in level.leading:
            self._mark(scope)
        self._mark((chunk.start, chunk.end))
        self._add(draft, level)
        if level.listed is None or level.listed.effect in (None, effects.UNSPLIT):
            level.pending.append(draft)

    def _add(self, draft: Draft, level: Level) -> None:
        self.drafts.append(draft)
        level.last, level.is_parted, level.joint = draft, False, None

    def _name_before(self, at: int, draft: Draft, noun: Chunk, level: Level) -> None:
        """Take "Army of Bohemia 34,000 Army of Silesia 12,000", but not "John II 17 lords 13 counts"."""
        run = at
        while run < min(len(self._chunks), at + _LOOK_AHEAD) and self._chunks[run].part in (Part.COUNT, Part.NOUN):
            run += 1
        stretch = (noun.start, noun.end)
        is_known = objects.is_known(self.text(stretch))
        if self._chunks[run - 1].part is not Part.COUNT or not (is_known or self.tokens[noun.start].text[0].isupper()):
            return
        if is_known:
            draft.object, draft.start = stretch, noun.start
        else:
            draft.scopes.append(stretch)
        self._mark(stretch)
        level.names_first = True

    def _is_headed(self, at: int) -> bool:
        """Tell whether the effect before a count is its own, "killed 4, wounded 10": the clause ends without a verb."""
        last = Part.COUNT
        for chunk in self._chunks[at : at + _LOOK_AHEAD]:
            if chunk.part in (Part.STOP, Part.CLOSE, Part.COLON):
                break
            if chunk.part in (Part.COUNT, Part.EFFECT):
                last = chunk.part
        return last is Part.COUNT

    # What was lost, and how

    def _noun(self, chunk: Chunk, level: Level) -> None:
        last, stretch = level.last, (chunk.start, chunk.end)
        said = self.text(stretch)
        is_verb = objects.is_participle(said) or effects.is_damaged_word(said)
        if last is not None and not level.is_parted and last.end == chunk.start and is_verb:
            last.is_understood = False
        if last is None or level.is_parted or last.object is not None or level.names_first:
            level.noun = chunk
        elif said.lower() in _ADJECTIVES:
            last.scopes.append(stretch)
            self._mark(stretch)
        elif last.effect is None or (
            last.effect_at is not None and last.effect_at[1] == chunk.start and objects.is_known(said)
        ):
            last.object, last.end = stretch, chunk.end
            self._mark(stretch)
            self._check_part(last, level)
        else:
            level.noun = chunk

    def _effect(self, at: int, chunk: Chunk, level: Level) -> None:
        last = level.last
        heads = self._next(at) is Part.COLON and (level.is_parted or last is None)
        if last is not None and last.effect is None and not heads and (not level.is_parted or level.noun is None):
            touches = not level.is_parted and last.end == chunk.start
            self._name_by_effect(last, chunk)
            self._give(last, chunk)
            last.end = chunk.end if touches else last.end
            self._spread(last, level)
        elif last is not None and last.effect_at is not None and last.effect_at[1] == chunk.start == last.end:
            self._second_effect(last, chunk)
        elif level.noun is not None and level.noun.end == chunk.start and not heads:
            self._effect_of_noun(at, level.noun, chunk, level)
        else:
            level.effect = chunk

    def _give(self, draft: Draft, chunk: Chunk) -> None:
        draft.effect, draft.effect_at = chunk.effect, (chunk.start, chunk.end)
        self._mark((chunk.start, chunk.end))

    def _name_by_effect(self, draft: Draft, chunk: Chunk) -> None:
        """Count "battle casualties" and "noble prisoners" as what the words name together."""
        before = draft.object or (draft.scopes[-1] if draft.scopes else None)
        if before is None or before[1] != chunk.start or chunk.end != chunk.start + 1:
            return
        if draft.object is None and chunk.effect == effects.UNSPLIT and self.text(before).lower() in _ADJECTIVES:
            draft.scopes.pop()
        elif draft.object is None or self.tokens[chunk.start].low not in effects.NOUNS_OF_PEOPLE:
            return
        draft.object, draft.end = (before[0], chunk.end), chunk.end

    def _second_effect(self, draft: Draft, chunk: Chunk) -> None:
        """Take "200 prisoners executed", and "killed wounded and missing" with its comma lost."""
        begin, end = draft.effect_at or (chunk.start, chunk.start)
        if self.tokens[end - 1].low in effects.NOUNS_OF_PEOPLE:
            draft.object = (draft.object[0] if draft.object is not None else begin, end)
            self._give(draft, chunk)
        elif "_or_" in (chunk.effect or ""):
            together = effects.merged([draft.effect or "", *(chunk.effect or "").replace("_or_", " ").split()])
            self._give(draft, Chunk(Part.EFFECT, begin, chunk.end, effect=together))
        else:
            draft.is_understood = False
        draft.end = chunk.end

    def _effect_of_noun(self, at: int, noun: Chunk, chunk: Chunk, level: Level) -> None:
        """Take words with an effect and no number before them: "Su-25 downed", "infantry losses unknown"."""
        stretch = (noun.start, noun.end)
        level.noun = None
        if self._next(at) is Part.COUNT and self._is_headed(at + 1):
            level.effect, level.held = chunk, stretch
        elif not self._can_imply(noun, chunk):
            level.effect = chunk
        else:
            draft = Draft(noun.start, chunk.end, None, object=stretch, label=level.label, joint=level.joint)
            draft.parent = level.listed or level.parent
            self._give(draft, chunk)
            self._mark(stretch)
            self._add(draft, level)
            self._spread(draft, level)

    def _can_imply(self, noun: Chunk, chunk: Chunk) -> bool:
        """Tell whether words and an effect say that something was lost, and are no heading or damaged figure."""
        first, last = self.tokens[noun.start], self.tokens[noun.end - 1]
        if self.tokens[chunk.start].low in effects.NOUNS or first.low == "of" or noun.start - 1 in self.ignored:
            return False
        # "Unit16 killed" has lost the break between two items of a list.
        effect = chunk.effect or ""
        return effects.of_things(effect) or effect == "captured" or not last.text[-1].isdigit()

    # Lists

    def _spread(self, last: Draft, level: Level) -> None:
        """Give the effect of the last figure to those before it that wait for theirs."""
        ends_list = level.listed is not None and level.listed.effect is None and last.parent is level.listed
        for place, draft in enumerate(level.pending):
            if draft is last or draft.effect is not None or draft.label is not last.label:
                continue
            following = level.pending[place + 1].joint if place + 1 < len(level.pending) else None
            said = self.text(draft.object) if draft.object is not None else None
            if shares_effect(draft, said, last, following):
                draft.effect, draft.effect_at, draft.is_verb_shared = last.effect, last.effect_at, True
                if said is not None and last.object is not None:
                    draft.full_object = completed(said, self.text(last.object))
        level.pending = []
        if ends_list:
            level.listed = None
        else:
            self._check_part(last, level)

    def _check_part(self, draft: Draft, level: Level) -> None:
        said = self.text(draft.object) if draft.object is not None else None
        if level.listed is not None and draft.parent is level.listed and not is_part(draft, said, level.listed):
            draft.parent, level.listed = level.parent, None

    def _including(self, chunk: Chunk, level: Level) -> None:
        self._mark((chunk.start, chunk.end))
        if level.last is not None and level.last.end == chunk.start and self.tokens[chunk.start].low == "of":
            # "20 killed, 3 of whom were officers"
            earlier = (one for one in reversed(self.drafts[:-1]) if one.parent is None)
            level.last.parent = level.last.parent or next(earlier, None)
            level.is_parted = False
            return
        if level.last is not None and level.listed is None:
            level.listed = level.last
        elif level.last is None and level.parent is None:
            self.continues = True
        level.part(None)

    # Limits, headings, brackets, joints

    def _scope(self, at: int, chunk: Chunk, level: Level) -> None:
        stretch = (chunk.start, chunk.end)
        following = self._next(at)
        leads = following is Part.COLON or (level.is_parted and following in (Part.COUNT, Part.NOUN))
        if level.last is None or leads:
            level.leading.append(stretch)
        else:
            level.last.scopes.append(stretch)
            self._mark(stretch)

    def _qualify(self, at: int, chunk: Chunk, level: Level) -> None:
        last, stretch = level.last, (chunk.start, chunk.end)
        is_total = chunk.part is Part.TOTAL
        if last is None or level.is_parted or self._next(at) is Part.COLON:
            if is_total:
                level.is_totalled = True
                self._mark(stretch)
            else:
                level.leading.append(stretch)
            return
        self._mark(stretch)
        last.end = chunk.end if last.end == chunk.start else last.end
        if is_total:
            last.is_total = True
        else:
            last.hedges.append(stretch)

    def _colon(self, level: Level) -> None:
        if level.noun is None and level.effect is None and not level.leading and not level.is_totalled:
            if level.last is not None and not level.is_parted and level.listed is None:
                level.listed = level.last
            level.part(None)
            return
        label, scopes = Label(), list(level.leading)
        if level.effect is not None:
            label.effect, label.effect_at = level.effect.effect, (level.effect.start, level.effect.end)
            self._mark(label.effect_at)
        if level.noun is not None:
            stretch = (level.noun.start, level.noun.end)
            if objects.is_known(self.text(stretch)):
                label.object = stretch
            else:
                scopes.append(stretch)
            self._mark(stretch)
        for scope in scopes:
            self._mark(scope)
        label.scopes = tuple(sorted(scopes))
        level.label, level.last, level.listed = label, None, None
        level.leading, level.pending = [], []
        level.part(None)

    def _open(self, at: int, chunk: Chunk, level: Level) -> None:
        if at == 0:
            self.continues = True
        self._levels.append(Level(level.last, begin=chunk.end, first_chunk=at + 1, first_draft=len(self.drafts)))

    def _close(self, at: int) -> None:
        inner = self._levels.pop()
        inside = self.drafts[inner.first_draft :]
        is_name = len(inside) == 1 and _is_name(inside[0], inner.begin, self._chunks[at].start)
        if not is_name and any(self._is_figure(draft) for draft in inside):
            return
        # "(entire operation)", "(all fronts)", "(Luftflotte 4)" limit a figure and are none.
        del self.drafts[inner.first_draft :]
        stretch = (inner.begin, self._chunks[at].start)
        level = self._levels[-1]
        is_hedge = {chunk.part for chunk in self._chunks[inner.first_chunk : at]} == {Part.HEDGE}
        is_claim = not is_hedge and any(self.tokens[place].low in _CLAIMING for place in range(*stretch))
        if stretch[0] == stretch[1] or is_claim or any(place in self.ignored for place in range(*stretch)):
            return
        if inner.parent is None:
            level.leading.append(stretch)
            return
        (inner.parent.hedges if is_hedge else inner.parent.scopes).append(stretch)
        self._mark(stretch)

    def _is_figure(self, draft: Draft) -> bool:
        return draft.effect is not None or draft.quantity is None or draft.quantity.is_statement

    def _part(self, chunk: Chunk, level: Level) -> None:
        if chunk.part is Part.JOINT:
            self._mark((chunk.start, chunk.end))
        level.part(Part.JOINT if Part.JOINT in (chunk.part, level.joint) else chunk.part)
        if chunk.part is Part.STOP:
            level.pending, level.leading, level.listed = [], [], None


def _closed(chunks: tuple[Chunk, ...]) -> frozenset[int]:
    """Return the places of the brackets that are opened and closed."""
    found: list[int] = []
    opened: list[int] = []
    for at, chunk in enumerate(chunks):
        if chunk.part is Part.OPEN:
            opened.append(at)
        elif chunk.part is Part.CLOSE and opened:
            found.extend((opened.pop(), at))
    return frozenset(found)


def _is_name(draft: Draft, begin: int, end: int) -> bool:
    """Tell whether a bracket holds but a name that ends in a number."""
    is_bare = draft.object is None and draft.effect is None and draft.end == draft.start + 1 == end
    return is_bare and draft.scopes == [(begin, draft.start)]
