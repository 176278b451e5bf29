import os

import boto3
from boto3 import Session

KEY = "Tq8vZ2mWn4xRk7Jp1sLd9fGh3bYc6aQe"

# ruleid: python-boto3-hardcoded-key
boto3.client("s3", aws_access_key_id="AKIA", aws_secret_access_key="Tq8vZ2mWn4xRk7Jp1sLd9fGh3bYc6aQe")
# ruleid: python-boto3-hardcoded-key
session = Session(aws_secret_access_key=KEY)
# ruleid: python-boto3-hardcoded-key
os.environ["AWS_SECRET_ACCESS_KEY"] = "Tq8vZ2mWn4xRk7Jp1sLd9fGh3bYc6aQe"
# ok: python-boto3-hardcoded-key
boto3.client("s3")
# ok: python-boto3-hardcoded-key
boto3.client("s3", aws_secret_access_key=os.environ["KEY"])
# ok: python-boto3-hardcoded-key
boto3.client("s3", aws_secret_access_key="testing")
# ok: python-boto3-hardcoded-key
session = Session(profile_name="production")


def more_forms(request):
    # ruleid: python-boto3-hardcoded-key
    aioboto3.Session(aws_secret_access_key="wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzKEYab0X1")
    # ruleid: python-boto3-hardcoded-key
    boto3.resource("s3", aws_secret_access_key="wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzKEYab0X1")
    # ruleid: python-boto3-hardcoded-key
    boto3.session.Session(aws_secret_access_key="wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzKEYab0X1")
    # ruleid: python-boto3-hardcoded-key
    os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzKEYab0X1")
