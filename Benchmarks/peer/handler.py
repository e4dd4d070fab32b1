"""The peer: the function as most people would write it, with boto3."""

import json

import boto3

batch = boto3.client("batch")


def handler(event, context):
    queue = event["pathParameters"]["jobQueue"]
    definition = event["pathParameters"]["jobDefinition"]
    members = json.loads(event["body"] or "{}")
    members.setdefault("jobName", f"{definition}-{context.aws_request_id[:8]}")
    response = batch.submit_job(jobQueue=queue, jobDefinition=definition, **members)
    location = f"../../queues/{queue}/jobs/{response['jobId']}"
    return {
        "statusCode": 200,
        "headers": {
            "Content-Type": "application/json", "Location": location, "X-Content-Type-Options": "nosniff"},
        "body": json.dumps({name: response[name] for name in ("jobArn", "jobName", "jobId")}),
        "isBase64Encoded": False,
    }
