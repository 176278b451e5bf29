resource "google_compute_firewall" "ssh" {
  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
  # ruleid: terraform-firewall-open
  source_ranges = ["0.0.0.0/0"]
}

resource "google_compute_firewall" "six" {
  allow {
    protocol = "all"
  }
  # ruleid: terraform-firewall-open
  source_ranges = ["::/0"]
}

resource "azurerm_network_security_rule" "rdp" {
  direction              = "Inbound"
  access                 = "Allow"
  destination_port_range = "3389"
  # ruleid: terraform-firewall-open
  source_address_prefix  = "*"
}

resource "azurerm_network_security_group" "group" {
  security_rule {
    direction              = "Inbound"
    access                 = "Allow"
    destination_port_range = "22"
    # ruleid: terraform-firewall-open
    source_address_prefix  = "Internet"
  }
  security_rule {
    direction              = "Inbound"
    access                 = "Deny"
    destination_port_range = "*"
    # ok: terraform-firewall-open
    source_address_prefix  = "*"
  }
  security_rule {
    direction              = "Outbound"
    access                 = "Allow"
    destination_port_range = "22"
    # ok: terraform-firewall-open
    source_address_prefix  = "*"
  }
  security_rule {
    access                 = "Allow"
    destination_port_range = "443"
    # ok: terraform-firewall-open
    source_address_prefix  = "*"
  }
}

resource "azurerm_network_security_rule" "web" {
  access                 = "Allow"
  destination_port_range = "443"
  # ok: terraform-firewall-open
  source_address_prefix  = "*"
}

resource "azurerm_network_security_rule" "nobody" {
  access                = "Deny"
  # ok: terraform-firewall-open
  source_address_prefix = "*"
}

resource "azurerm_network_security_rule" "out" {
  direction             = "Outbound"
  access                = "Allow"
  # ok: terraform-firewall-open
  source_address_prefix = "*"
}

resource "google_compute_firewall" "web" {
  allow {
    protocol = "tcp"
    ports    = ["80", "443"]
  }
  # ok: terraform-firewall-open
  source_ranges = ["0.0.0.0/0"]
}

resource "google_compute_firewall" "tls" {
  allow {
    protocol = "tcp"
    ports    = ["443"]
  }
  # ok: terraform-firewall-open
  source_ranges = ["0.0.0.0/0"]
}

resource "google_compute_firewall" "denied" {
  deny {
    protocol = "all"
  }
  # ok: terraform-firewall-open
  source_ranges = ["0.0.0.0/0"]
}

resource "google_compute_firewall" "egress" {
  direction = "EGRESS"
  allow {
    protocol = "tcp"
  }
  # ok: terraform-firewall-open
  source_ranges = ["0.0.0.0/0"]
}

resource "google_compute_firewall" "inner" {
  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
  # ok: terraform-firewall-open
  source_ranges = ["10.0.0.0/8"]
}
