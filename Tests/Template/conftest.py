"""Fixtures: template.yaml after SAM's transform, and the parts of it that the tests examine."""

import os

# SAM requires a region, but calls nothing in it.
os.environ["AWS_DEFAULT_REGION"] = "us-east-1"

import pytest

from cloudformation import Stack
from direct_jobs import ROUTES, Operation


@pytest.fixture(scope="session")
def deploy():
    """Makes the stack of template.yaml with some parameters; each stack is made once."""
    stacks = {}

    def stack(**parameters):
        key = tuple(sorted(parameters.items()))
        if key not in stacks:
            stacks[key] = Stack("template.yaml", parameters)
        return stacks[key]

    return stack


@pytest.fixture(scope="session")
def stack(deploy):
    """The stack with only a queue and a definition given."""
    return deploy(JobQueues="a-queue", JobDefinitions="a-job")


@pytest.fixture(scope="session")
def direct(stack):
    """The direct route's operation."""
    return stack.operations("RestApi")["POST", "/direct/jobs/{jobQueue}/{jobDefinition}"]


@pytest.fixture(scope="session")
def integration(direct):
    """The direct route's integration."""
    return direct["x-amazon-apigateway-integration"]


@pytest.fixture(scope="session")
def operations(stack):
    """The direct routes of jobs that exist, by operation."""
    return {name: Operation(stack, name) for name in ROUTES}
