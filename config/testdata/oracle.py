"""What OmegaConf makes of configurations, for the differential test.

Reads a JSON list of cases {"text": YAML, "overrides": [KEY=VALUE], "env": {}} and
writes a list of outcomes in the same order: {"value": ...} or {"error": "..."}.
A value carries its type: null, true, "s:text", "i:1", "f:1.0", lists, and
mappings under "m"; "error" stands for one that cannot be resolved.
"""

import json
import os
import sys
import warnings
from tempfile import TemporaryDirectory

from omegaconf import DictConfig, ListConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException


def element(config, key, depth):
    if config._get_node(key)._value() == "???":
        return "s:???"
    try:
        return shown(config[key], depth)
    except OmegaConfBaseException:
        return "error"


def shown(value, depth=0):
    if depth > 30:
        raise RecursionError
    if isinstance(value, DictConfig):
        return {"m": {str(key): element(value, key, depth + 1) for key in value.keys()}}
    if isinstance(value, ListConfig):
        return [element(value, index, depth + 1) for index in range(len(value))]
    if isinstance(value, dict):
        return {"m": {str(key): shown(inner, depth + 1) for key, inner in value.items()}}
    if isinstance(value, list):
        return [shown(inner, depth + 1) for inner in value]
    if value is None or isinstance(value, bool):
        return value
    letter = {int: "i", float: "f", str: "s"}[type(value)]
    return f"{letter}:{value}"


def outcome(case, path):
    names = case.get("env") or {}
    with open(path, "w", encoding="utf-8") as file:
        file.write(case["text"])
    os.environ.update(names)
    try:
        config = OmegaConf.load(path)
        overrides = OmegaConf.from_dotlist(case.get("overrides") or [])
        config = OmegaConf.merge(config, overrides)
        return {"value": shown(config)}
    except RecursionError:
        return {"error": "RecursionError"}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}".split("\n")[0]}
    finally:
        for name in names:
            del os.environ[name]


def main():
    warnings.simplefilter("ignore")
    with TemporaryDirectory() as folder:
        path = os.path.join(folder, "config.yaml")
        json.dump([outcome(case, path) for case in json.load(sys.stdin)], sys.stdout)


main()
