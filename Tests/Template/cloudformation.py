"""A SAM template as CloudFormation deploys it: transformed by SAM, with conditions and functions evaluated."""

import copy
import functools
import pathlib
import re

from samcli.yamlhelper import yaml_parse
from samtranslator.translator.transform import transform

ROOT = pathlib.Path(__file__).resolve().parents[2]
PSEUDO_PARAMETERS = {
    "AWS::AccountId": "123456789012", "AWS::Partition": "aws", "AWS::Region": "us-east-1",
    "AWS::StackName": "apigw-batch", "AWS::URLSuffix": "amazonaws.com",
}
# The value of Ref AWS::NoValue, which removes the member.
NOTHING = object()


def read(path):
    """Parses a template without transforming it."""
    return copy.deepcopy(_parsed(path))


@functools.cache
def _parsed(path):
    return yaml_parse((ROOT / path).read_text())


class ManagedPolicies:
    """SAM's source of managed policies by name, which the template doesn't use."""

    def load(self):
        return {}


class Stack:
    """The resources and outputs of a template. A reference to a resource yields its id; an attribute, `Id.Name`."""

    def __init__(self, path, parameters, written=None):
        written = written or read(path)
        self.parameters = self._parameters(written, parameters)
        for resource in written["Resources"].values():
            if resource["Type"] == "AWS::Serverless::Function":
                # As `sam package` replaces the folder.
                resource["Properties"]["CodeUri"] = "s3://bucket/key"
        translated = transform(written, dict(parameters), ManagedPolicies())
        self.conditions = translated.get("Conditions", {})
        self.written = translated["Resources"]
        self.resources = {
            name: self.resolve(resource) for name, resource in translated["Resources"].items()
            if "Condition" not in resource or self.holds(resource["Condition"])
        }
        self.outputs = {
            name: self.resolve(output["Value"]) for name, output in translated["Outputs"].items()
            if "Condition" not in output or self.holds(output["Condition"])
        }
        self.rules = {
            name: not self.resolve(rule.get("RuleCondition", True)) or all(
                self.resolve(each["Assert"]) for each in rule["Assertions"])
            for name, rule in translated.get("Rules", {}).items()
        }

    @staticmethod
    def _parameters(written, given):
        declared = written.get("Parameters", {})
        assert set(given) <= set(declared), "no such parameter"
        # To CloudFormation, every parameter's value is text.
        values = {name: str(given.get(name, parameter.get("Default"))) for name, parameter in declared.items()}
        for name, parameter in declared.items():
            if "AllowedPattern" in parameter and not re.search(parameter["AllowedPattern"], values[name]):
                raise ValueError(f"{name} can't be {values[name]!r}")
            if "AllowedValues" in parameter and values[name] not in map(str, parameter["AllowedValues"]):
                raise ValueError(f"{name} can't be {values[name]!r}")
            if "MinValue" in parameter and not parameter["MinValue"] <= int(values[name]) <= parameter["MaxValue"]:
                raise ValueError(f"{name} can't be {values[name]!r}")
        return values

    def of_type(self, type):
        return {name: each["Properties"] for name, each in self.resources.items() if each["Type"] == type}

    def operations(self, api):
        """An API's operations, by method and path."""
        paths = self.resources[api]["Properties"]["Body"]["paths"]
        return {
            (method.upper(), path): operation for path, item in paths.items() for method, operation in item.items()
        }

    def holds(self, condition):
        return self.resolve(self.conditions[condition])

    def resolve(self, value):
        """Evaluates the functions in a value. Unsupported ones are an error."""
        if isinstance(value, list):
            return [each for each in map(self.resolve, value) if each is not NOTHING]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (name, argument), = value.items()
            if name == "Ref":
                return self._ref(argument)
            if name == "Condition" and isinstance(argument, str):
                return self.holds(argument)
            if name.startswith("Fn::"):
                return getattr(self, "_" + name.removeprefix("Fn::").lower())(argument)
        resolved = {name: self.resolve(each) for name, each in value.items()}
        return {name: each for name, each in resolved.items() if each is not NOTHING}

    def _ref(self, name):
        if name == "AWS::NoValue":
            return NOTHING
        if name in PSEUDO_PARAMETERS:
            return PSEUDO_PARAMETERS[name]
        if name in self.parameters:
            return self.parameters[name]
        return self._deployed(name)

    def _getatt(self, argument):
        name, attribute = argument if isinstance(argument, list) else argument.split(".", 1)
        return f"{self._deployed(name)}.{attribute}"

    def _deployed(self, name):
        """The name of a referenced resource, whose condition must hold."""
        assert name in self.written, f"{name} is neither a parameter nor a resource"
        condition = self.written[name].get("Condition")
        assert condition is None or self.holds(condition), f"{name} is referenced but not deployed"
        return name

    def _sub(self, argument):
        text, variables = argument if isinstance(argument, list) else (argument, {})
        assert isinstance(text, str), "the text of Fn::Sub must be a literal"

        def value(match):
            name = match[1]
            if name in variables:
                return str(self.resolve(variables[name]))
            return str(self._getatt(name) if "." in name else self._ref(name))

        return re.sub(r"\$\{([^!}][^}]*)\}", value, text)

    def _join(self, argument):
        delimiter, parts = argument
        assert isinstance(delimiter, str), "the delimiter of Fn::Join must be a literal"
        return delimiter.join(self.resolve(parts))

    def _split(self, argument):
        delimiter, text = argument
        assert isinstance(delimiter, str), "the delimiter of Fn::Split must be a literal"
        return self.resolve(text).split(delimiter)

    def _select(self, argument):
        index, items = argument
        return self.resolve(items)[int(index)]

    def _if(self, argument):
        condition, then, otherwise = argument
        return self.resolve(then if self.holds(condition) else otherwise)

    def _equals(self, argument):
        left, right = self.resolve(argument)
        return left == right

    def _not(self, argument):
        (condition,) = self.resolve(argument)
        return not condition

    def _and(self, argument):
        return all(self.resolve(argument))

    def _or(self, argument):
        return any(self.resolve(argument))
