resource "aws_instance" "one" {
  # ruleid: terraform-user-data-secret
  user_data = "export DB_PASSWORD=hunter2now"
}

resource "aws_launch_template" "two" {
  # ruleid: terraform-user-data-secret
  user_data = <<-EOF
    #!/bin/sh
    export API_KEY="9f8a7b6c5d4e"
    start
  EOF
}

resource "google_compute_instance" "three" {
  # ruleid: terraform-user-data-secret
  metadata_startup_script = "AUTH_TOKEN='k3y0f4ll9' start"
}

resource "aws_instance" "four" {
  # ok: terraform-user-data-secret
  user_data = "aws secretsmanager get-secret-value --secret-id db"
}

resource "aws_instance" "five" {
  # ok: terraform-user-data-secret
  user_data = "export DB_PASSWORD=$${PASSWORD}"
}

resource "aws_instance" "six" {
  # ok: terraform-user-data-secret
  user_data = file("start.sh")
}

resource "aws_instance" "seven" {
  # ok: terraform-user-data-secret
  user_data = "export NAME=application"
}
