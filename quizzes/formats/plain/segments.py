"""Rows → sections, questions and lists of keys: what each row is, after all that stood before it."""

from collections.abc import Sequence

from quizzes.formats.plain.beginnings import is_heading, is_material, is_question, styles_of
from quizzes.formats.plain.blocks import Material
from quizzes.formats.plain.filling import add, labelled, lists_late, open_block, plain
from quizzes.formats.plain.keylists import is_list_heading
from quizzes.formats.plain.keyzones import begins_keys, body_resumes, open_keys
from quizzes.formats.plain.rows import Row
from quizzes.formats.plain.shapes import Outlook, Shape, shapes_of
from quizzes.formats.plain.walk import Segments, Walk, Zone


def _take(walk: Walk, row: Row, shape: Shape) -> None:
    if walk.zone == Zone.KEYS and not body_resumes(walk, row, shape):
        assert walk.keys is not None  # noqa: S101 - the zone says so
        heading = shape.heading if (shape.heading and shape.heading.names_kind) or is_list_heading(row) else None
        if shape.heading and not heading and not shape.number:
            heading = shape.heading
        walk.keys.rows.append((row, heading))
    elif begins_keys(walk, row, shape):
        open_keys(walk, row)
    elif row.begins:
        open_block(walk, row, shape.number)
    elif is_heading(walk, row, shape):
        assert shape.heading is not None  # noqa: S101 - see _is_heading
        walk.open_section(row, shape.heading)
    elif shape.label:
        labelled(walk, row, shape.label)
    elif shape.notes and walk.zone == Zone.NONE:
        walk.in_notes = True
        walk.section.notes.append(row)
    elif shape.number and is_question(walk, row, shape.number):
        open_block(walk, row, shape.number)
        walk.last = shape.number.value
    elif shape.material and walk.material and not walk.block and not walk.material.used and not shape.span:
        walk.material.rows.append(row)
    elif shape.material and is_material(walk):
        walk.close()
        walk.material = Material([row], shape.span)
        walk.found.materials.append(walk.material)
        walk.zone = Zone.NONE
    elif shape.option is not None and walk.block and (walk.zone in (Zone.STEM, Zone.OPTIONS) or lists_late(walk)):
        add(walk, row, Zone.OPTIONS)
    else:
        plain(walk, row, shape)


def segments_of(rows: Sequence[Row]) -> Segments:
    """Walk once over the rows."""
    shapes = shapes_of(rows)
    ahead = Outlook(rows, shapes)
    walk = Walk(rows, shapes, ahead, styles_of(shapes, ahead))
    for place, row in enumerate(walk.rows):
        walk.place = place
        shape = walk.shapes[place]
        if shape.blank:
            if row.source.strip():
                walk.section.notes.append(row)
            walk.blank_before = True
            continue
        _take(walk, row, shape)
        walk.blank_before = False
    walk.close()
    return walk.found
