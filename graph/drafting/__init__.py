"""From the text of a battle article to a draft of its authored form, for a person to correct.

The way of the text: `wikitext` or `rendered` takes it apart into one form (`document`); the
readers say what its fields state (`reading`): `chronicle` of the battle itself, `actors` of
who fought, `strengths` and `losses` of how many, on what `figures` make of a line and `lists`
of what stands around it; `authoring` writes that as Turtle, with what articles share by the
`registry`. `draft` goes that way for one text, `running` for files; `comparison` holds a draft
against the curated form.
"""
