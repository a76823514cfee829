"""The other endpoints: a module for each engine, which says how it is started with a dataset.

A peer is given the settings in which its makers show it, memory for all of the data, and
the union of all graphs for its default graph. What is not installed is `Missing`.
"""
