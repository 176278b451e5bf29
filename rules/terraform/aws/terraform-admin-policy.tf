resource "aws_iam_role_policy_attachment" "one" {
  # ruleid: terraform-admin-policy
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_user_policy_attachment" "two" {
  user = "deploy"
  # ruleid: terraform-admin-policy
  policy_arn = "arn:aws:iam::aws:policy/IAMFullAccess"
}

resource "aws_iam_role" "three" {
  # ruleid: terraform-admin-policy
  managed_policy_arns = ["arn:aws:iam::aws:policy/PowerUserAccess"]
}

resource "aws_iam_role_policy_attachment" "four" {
  # ok: terraform-admin-policy
  policy_arn = aws_iam_policy.deploy.arn
}

resource "aws_iam_role_policy_attachment" "five" {
  # ok: terraform-admin-policy
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
}

resource "aws_iam_role" "six" {
  # ok: terraform-admin-policy
  name = "AdministratorAccess"
  # ok: terraform-admin-policy
  managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]
}
