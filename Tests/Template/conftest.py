"""template.yaml after SAM, and the parts of it that the tests look at."""

import os

# SAM asks for a Region; nothing is called in it.
os.environ["AWS_DEFAULT_REGION"] = "us-east-1"

import pytest

from cloudformation import Stack


@pytest.fixture(scope="session")
def deploy():
    """Makes the stack of template.yaml with these parameters, each once."""
    stacks = {}

    def stack(**parameters):
        key = tuple(sorted(parameters.items()))
        if key not in stacks:
            stacks[key] = Stack("template.yaml", parameters)
        return stacks[key]

    return stack


@pytest.fixture(scope="session")
def stack(deploy):
    """The stack as anybody has it who names a queue and a definition, and no more."""
    return deploy(JobQueues="a-queue", JobDefinitions="a-job")


@pytest.fixture(scope="session")
def direct(stack):
    """The direct route's operation."""
    return stack.operations("RestApi")["POST", "/direct/jobs/{jobQueue}/{jobDefinition}"]


@pytest.fixture(scope="session")
def integration(direct):
    """The direct route's integration."""
    return direct["x-amazon-apigateway-integration"]
