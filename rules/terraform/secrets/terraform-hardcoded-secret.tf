resource "aws_db_instance" "one" {
  # ruleid: terraform-hardcoded-secret
  password = "hunter2-prod"
  # ok: terraform-hardcoded-secret
  username = "administrator"
}

provider "aws" {
  # ruleid: terraform-hardcoded-secret
  secret_key = "Tq8vZ2mWn4xRk7Jp1sLd9fGh3bYc6aQe"
  # ok: terraform-hardcoded-secret
  region = "eu-central-1"
}

resource "azurerm_sql_server" "two" {
  # ruleid: terraform-hardcoded-secret
  administrator_login_password = "Tq8vZ2mWn4xR"
}

resource "aws_db_instance" "three" {
  # ok: terraform-hardcoded-secret
  password = var.password
}

resource "aws_db_instance" "four" {
  # ok: terraform-hardcoded-secret
  password = "${random_password.db.result}"
  # ok: terraform-hardcoded-secret
  kms_key_id = "hunter2-prod"
}

resource "aws_lambda_function" "environment" {
  environment {
    variables = {
      # ruleid: terraform-hardcoded-secret
      DB_PASSWORD = "s3cr3t-value"
      # ok: terraform-hardcoded-secret
      DB_USER = "application"
    }
  }
}
