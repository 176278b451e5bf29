module "one" {
  # ruleid: terraform-module-unpinned
  source = "git::https://example.org/network.git"
}

module "two" {
  # ruleid: terraform-module-unpinned
  source = "github.com/example/network"
}

module "three" {
  # ruleid: terraform-module-unpinned
  source = "git@example.org:network.git?ref=main"
}

module "four" {
  # ruleid: terraform-module-unpinned
  source = "http://example.org/network.zip"
}

module "five" {
  # ok: terraform-module-unpinned
  source = "git::https://example.org/network.git?ref=v1.2.0"
}

module "six" {
  # ok: terraform-module-unpinned
  source = "./network"
}

module "seven" {
  # ok: terraform-module-unpinned
  source  = "terraform-aws-modules/vpc/aws"
  version = "5.0.0"
}

resource "aws_s3_object" "eight" {
  # ok: terraform-module-unpinned
  source = "github.com/example/file"
}
