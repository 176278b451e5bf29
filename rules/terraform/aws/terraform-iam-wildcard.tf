data "aws_iam_policy_document" "one" {
  statement {
    # ruleid: terraform-iam-wildcard
    actions   = ["*"]
    resources = ["*"]
  }
  statement {
    # ok: terraform-iam-wildcard
    actions = ["s3:GetObject"]
    # ok: terraform-iam-wildcard
    resources = ["*"]
  }
  statement {
    effect = "Deny"
    # ok: terraform-iam-wildcard
    actions = ["*"]
  }
}

resource "aws_iam_policy" "two" {
  policy = jsonencode({
    Statement = [{
      # ruleid: terraform-iam-wildcard
      Action   = "*"
      Effect   = "Allow"
      Resource = "*"
    }]
  })
}

resource "aws_iam_policy" "three" {
  policy = jsonencode({
    Statement = [{
      # ruleid: terraform-iam-wildcard
      Action   = ["*"]
      Effect   = "Allow"
      Resource = "*"
    }]
  })
}

resource "aws_iam_policy" "four" {
  policy = jsonencode({
    Statement = [{
      # ok: terraform-iam-wildcard
      Action = ["s3:GetObject"]
    }]
  })
}
