"""The formats of a release laid out in their reading order, in memory that does not grow with the dataset.

The canonical N-Quads are sorted, so what is said of a subject stands together there, and
where the subject stands in a format depends on little else: one walk finds each one's
place, a sort on the disk puts them in order, and each format is then written in a row.
"""
