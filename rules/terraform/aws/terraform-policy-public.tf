resource "aws_s3_bucket_policy" "one" {
  policy = jsonencode({
    Statement = [
      # ruleid: terraform-policy-public
      { Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "arn:aws:s3:::x/*" },
      # ruleid: terraform-policy-public
      { Principal = "*", Action = "s3:GetObject", Effect = "Allow" },
      # ruleid: terraform-policy-public
      { Effect = "Allow", Principal = { AWS = "*" }, Action = "s3:ListBucket" },
      # ok: terraform-policy-public
      { Effect = "Deny", Principal = { AWS = "*" }, Action = "s3:*" },
      # ok: terraform-policy-public
      { Effect = "Allow", Principal = "*", Action = "s3:GetObject", Condition = { StringEquals = { "aws:SourceVpc" = "vpc-1" } } },
      # ok: terraform-policy-public
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "s3:GetObject" },
    ]
  })
}

data "aws_iam_policy_document" "two" {
  statement {
    actions = ["sqs:SendMessage"]
    principals {
      type        = "AWS"
      # ruleid: terraform-policy-public
      identifiers = ["*"]
    }
  }
  statement {
    effect = "Deny"
    principals {
      type        = "AWS"
      # ok: terraform-policy-public
      identifiers = ["*"]
    }
  }
  statement {
    principals {
      type        = "AWS"
      # ok: terraform-policy-public
      identifiers = ["*"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_sns_topic.one.arn]
    }
  }
  statement {
    principals {
      type        = "Service"
      # ok: terraform-policy-public
      identifiers = ["sns.amazonaws.com"]
    }
  }
}
