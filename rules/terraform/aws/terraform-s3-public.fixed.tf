resource "aws_s3_bucket" "one" {
  # ruleid: terraform-s3-public
  acl = "private"
}

resource "aws_s3_bucket_acl" "two" {
  bucket = "b"
  # ruleid: terraform-s3-public
  acl = "private"
}

resource "aws_s3_bucket_acl" "three" {
  # ruleid: terraform-s3-public
  acl = "private"
}

resource "aws_s3_bucket_acl" "four" {
  # ok: terraform-s3-public
  acl = "private"
}

resource "aws_s3_bucket" "five" {
  # ok: terraform-s3-public
  bucket = "public-read"
}

resource "aws_s3_bucket_acl" "six" {
  # ok: terraform-s3-public
  acl = var.acl
}

resource "aws_s3_object" "seven" {
  # ok: terraform-s3-public
  acl = "bucket-owner-full-control"
}
