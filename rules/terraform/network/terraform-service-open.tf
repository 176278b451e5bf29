resource "aws_eks_cluster" "one" {
  vpc_config {
    # ruleid: terraform-service-open
    public_access_cidrs = ["0.0.0.0/0"]
  }
}

resource "google_sql_database_instance" "two" {
  settings {
    ip_configuration {
      authorized_networks {
        # ruleid: terraform-service-open
        value = "0.0.0.0/0"
      }
    }
  }
}

resource "google_container_cluster" "three" {
  master_authorized_networks_config {
    cidr_blocks {
      # ruleid: terraform-service-open
      cidr_block = "0.0.0.0/0"
    }
  }
}

resource "azurerm_kubernetes_cluster" "four" {
  api_server_access_profile {
    # ruleid: terraform-service-open
    authorized_ip_ranges = ["0.0.0.0/0"]
  }
}

resource "azurerm_mssql_firewall_rule" "five" {
  # ruleid: terraform-service-open
  start_ip_address = "0.0.0.0"
  end_ip_address   = "255.255.255.255"
}

resource "aws_eks_cluster" "six" {
  vpc_config {
    # ok: terraform-service-open
    public_access_cidrs = ["192.0.2.0/24"]
  }
}

resource "google_sql_database_instance" "seven" {
  settings {
    ip_configuration {
      authorized_networks {
        # ok: terraform-service-open
        value = "192.0.2.0/24"
      }
    }
  }
}

resource "azurerm_mssql_firewall_rule" "azure_services" {
  # ok: terraform-service-open
  start_ip_address = "0.0.0.0"
  end_ip_address   = "0.0.0.0"
}

resource "aws_route" "eight" {
  # ok: terraform-service-open
  destination_cidr_block = "0.0.0.0/0"
}
