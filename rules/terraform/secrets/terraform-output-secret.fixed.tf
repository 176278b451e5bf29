output "db_password" {
  # ruleid: terraform-output-secret
  value = random_password.db.result
  sensitive = true
}

output "api_key" {
  description = "for the app"
  # ruleid: terraform-output-secret
  value = aws_api_gateway_api_key.one.value
  sensitive = true
}

output "private_key_pem" {
  # ruleid: terraform-output-secret
  value = tls_private_key.one.private_key_pem
  sensitive = true
}

output "admin_password" {
  # ok: terraform-output-secret
  value     = random_password.admin.result
  sensitive = true
}

output "secret" {
  # ok: terraform-output-secret
  value = aws_secretsmanager_secret.one.arn
}

output "address" {
  # ok: terraform-output-secret
  value = aws_db_instance.one.address
}

output "password_length" {
  # ok: terraform-output-secret
  value = 16
}
