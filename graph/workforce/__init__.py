"""Work on many things side by side: in processes of this machine, or on a cluster through Dask.

`opening.open_workforce` is where to begin; `force.Workforce` is what may be relied on.
"""
