"""Where cases are run: here, in processes of this machine, or on a Dask cluster; all by the same four calls."""
