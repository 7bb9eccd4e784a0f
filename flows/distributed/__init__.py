"""The steps that grow with the number of pairs, on a cluster of Dask's `distributed`.

Pieces of a table are standardized, blocks paired, and pairs weighed by workers; what is decided
from all records at once (the mapping, frequencies, what is learned, the clusters) is decided
where the import runs. All of them see one folder. What comes out is what one machine alone gives.
"""
