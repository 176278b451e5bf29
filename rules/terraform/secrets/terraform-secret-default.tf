variable "db_password" {
  # ruleid: terraform-secret-default
  default = "s3cr3t-value"
}

variable "api_key" {
  type = string
  # ruleid: terraform-secret-default
  default = "9f8a7b6c5d4e"
}

variable "token" {
  # ruleid: terraform-secret-default
  default   = "k3y0f4ll"
  sensitive = true
}

variable "password" {
  # ok: terraform-secret-default
  sensitive = true
}

variable "secret" {
  # ok: terraform-secret-default
  default = ""
}

variable "password_length" {
  # ok: terraform-secret-default
  default = "sixteen"
}

variable "client_secret" {
  # ok: terraform-secret-default
  default = "changeme"
}

variable "region" {
  # ok: terraform-secret-default
  default = "eu-west-1"
}
