resource "aws_api_gateway_method" "one" {
  http_method = "POST"
  # ruleid: terraform-api-without-authorization
  authorization = "NONE"
}

resource "aws_lambda_function_url" "two" {
  # ruleid: terraform-api-without-authorization
  authorization_type = "NONE"
}

resource "aws_api_gateway_method" "three" {
  # ruleid: terraform-api-without-authorization
  authorization = "NONE"
}

resource "aws_api_gateway_method" "four" {
  http_method = "OPTIONS"
  # ok: terraform-api-without-authorization
  authorization = "NONE"
}

resource "aws_api_gateway_method" "five" {
  # ok: terraform-api-without-authorization
  authorization    = "NONE"
  api_key_required = true
}

resource "aws_api_gateway_method" "six" {
  # ok: terraform-api-without-authorization
  authorization = "AWS_IAM"
}

resource "aws_lambda_function_url" "seven" {
  # ok: terraform-api-without-authorization
  authorization_type = "AWS_IAM"
}
