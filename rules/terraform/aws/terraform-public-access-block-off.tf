resource "aws_s3_bucket_public_access_block" "one" {
  bucket = "b"
  # ruleid: terraform-public-access-block-off
  block_public_acls = false
  # ruleid: terraform-public-access-block-off
  block_public_policy = false
  # ruleid: terraform-public-access-block-off
  restrict_public_buckets = false
  # ok: terraform-public-access-block-off
  ignore_public_acls = true
}

resource "aws_s3_bucket_public_access_block" "two" {
  # ok: terraform-public-access-block-off
  block_public_acls = true
  # ok: terraform-public-access-block-off
  block_public_policy = var.block
}

resource "aws_s3_bucket" "three" {
  # ok: terraform-public-access-block-off
  force_destroy = false
}
