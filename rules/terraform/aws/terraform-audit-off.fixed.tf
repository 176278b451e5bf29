resource "aws_cloudtrail" "one" {
  # ruleid: terraform-audit-off
  enable_log_file_validation = true
  # ruleid: terraform-audit-off
  is_multi_region_trail = true
}

resource "aws_cloudtrail" "two" {
  name = "trail"
  # ruleid: terraform-audit-off
  enable_logging = true
}

resource "aws_cloudtrail" "three" {
  # ok: terraform-audit-off
  enable_log_file_validation = true
  # ok: terraform-audit-off
  is_organization_trail = false
}

resource "aws_cloudtrail" "four" {
  # ok: terraform-audit-off
  enable_logging = var.logging
}

resource "aws_other" "five" {
  # ok: terraform-audit-off
  enable_logging = false
}
