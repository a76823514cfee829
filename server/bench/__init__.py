"""Measuring this endpoint beside others, in one run on one dataset: what `battlegraph bench` does.

Comes in: a file of N-Quads. Goes out: tables of medians, 99th percentiles and ratios. Every
process runs on the loopback interface and ends with the run.
"""
