import boto3

s3 = boto3.client("s3")
# ruleid: python-s3-public-acl
s3.put_object(Bucket="b", Key="k", Body=data, ACL="private")
# ruleid: python-s3-public-acl
s3.create_bucket(ACL="private", Bucket="b")
# ruleid: python-s3-public-acl
s3.upload_file("f", "b", "k", ExtraArgs={"ACL": "private"})
# ok: python-s3-public-acl
s3.put_object(Bucket="b", Key="k", Body=data)
# ok: python-s3-public-acl
s3.put_object(Bucket="b", Key="k", Body=data, ACL="private")
# ok: python-s3-public-acl
s3.upload_file("f", "b", "k", ExtraArgs={"ACL": "bucket-owner-full-control"})
# ok: python-s3-public-acl
s3.put_bucket_acl(Bucket="b", ACL=acl)
