resource "aws_eks_cluster" "one" {
  vpc_config {
    # ruleid: terraform-public-endpoint
    endpoint_public_access = true
  }
}

resource "azurerm_mssql_server" "two" {
  # ruleid: terraform-public-endpoint
  public_network_access_enabled = true
}

resource "azurerm_redis_cache" "three" {
  # ruleid: terraform-public-endpoint
  public_network_access_enabled = true
}

resource "azurerm_mssql_server" "four" {
  # ok: terraform-public-endpoint
  public_network_access_enabled = false
}

resource "aws_eks_cluster" "five" {
  vpc_config {
    # ok: terraform-public-endpoint
    endpoint_public_access = var.public
    # ok: terraform-public-endpoint
    endpoint_private_access = true
  }
}

resource "azurerm_linux_web_app" "six" {
  # ok: terraform-public-endpoint
  public_network_access_enabled = true
}

resource "aws_eks_cluster" "seven" {
  vpc_config {
    # ok: terraform-public-endpoint
    endpoint_public_access = true
    public_access_cidrs    = ["198.51.100.0/24"]
  }
}
