#!/usr/bin/python3
"""Opens a file of the store with ncdump, h5dump, netCDF4, xarray and h5py: none needs our code.

usage: check_readers.py FILE, as tests/store/make_file wrote it
"""
import shutil
import subprocess
import sys

import h5py
import netCDF4
import numpy as np
import xarray


def check_dumps(path):
    for program in (["ncdump", "-h"], ["ncdump", "-v", "/offers/name"], ["h5dump", "-H"]):
        if shutil.which(program[0]):
            done = subprocess.run([*program, path], capture_output=True, text=True)
            assert done.returncode == 0, (program, done.stderr)
    if shutil.which("ncdump"):
        header = subprocess.run(["ncdump", "-h", path], capture_output=True, text=True).stdout
        for line in ("double by_year_quantiles(offer, year, quantile, path) ;", "path = 4 ;",
                     "string offer(offer) ;", "group: run {", 'total_mean:units = "USD"'):
            assert line in header, line


def check_h5py(path):
    with h5py.File(path, "r") as file:
        cube = file["/offers/by_year_quantiles"]
        assert [d[0].name for d in list(cube.dims)[:3]] == ["/offer", "/year", "/quantile"]
        assert cube.attrs["units"] == "USD"
        assert file["/offer"].asstr()[2] == "paris €"
        assert file["/manifest/config"].asstr()[()].startswith("schema: liquidus/1\n")
        assert file["/samples/total"].fletcher32 and file["/samples/total"].chunks == (65536,)
        np.testing.assert_array_equal(file["/samples/total"][:], np.sqrt(np.arange(70000.0)))
        np.testing.assert_allclose(cube[...].ravel(), np.sqrt(np.arange(120)) - 3, rtol=1e-15)


def check_netcdf4(path):
    with netCDF4.Dataset(path) as file:
        assert {n: len(d) for n, d in file.dimensions.items()} == {
            "sample": 70000, "offer": 3, "year": 2, "quantile": 5, "path": 4, "pair": 0}
        assert list(file["offers"]["name"][:]) == ["google-l6", "hf-sf", ""]
        assert int(file["manifest"]["seed"][...]) == -2**63
        assert file["offers"]["total_mean"].long_name == "mean of total pay, present value"


def check_xarray(path, engine):
    root = xarray.open_dataset(path, engine=engine)
    assert list(root["offer"].values) == ["google-l6", "hf-sf", "paris €"], engine
    assert root["year"].dtype == np.int64 and root["year"].attrs["units"] == "year"
    offers = xarray.open_dataset(path, group="/offers", engine=engine)
    assert offers["by_year_quantiles"].dims == ("offer", "year", "quantile", "path")
    assert np.isnan(offers["total_mean"].values[1]) and offers["total_mean"].values[0] == 1e6
    samples = xarray.open_dataset(path, group="/samples", engine=engine)
    assert samples["total"].shape == (70000,)
    run = xarray.open_dataset(path, group="/manifest/run", engine=engine)
    assert float(run["elapsed"]) == 1.25, "seconds are no time span to xarray"
    for dataset in (root, offers, samples, run):
        dataset.close()


def main():
    path = sys.argv[1]
    check_dumps(path)
    check_h5py(path)
    check_netcdf4(path)
    for engine in ("netcdf4", "h5netcdf"):
        check_xarray(path, engine)


if __name__ == "__main__":
    main()
