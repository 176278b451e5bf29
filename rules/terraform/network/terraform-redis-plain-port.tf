resource "azurerm_redis_cache" "one" {
  # ruleid: terraform-redis-plain-port
  enable_non_ssl_port = true
}

resource "azurerm_redis_cache" "two" {
  # ruleid: terraform-redis-plain-port
  non_ssl_port_enabled = true
}

resource "azurerm_redis_cache" "three" {
  name = "three"
  # ruleid: terraform-redis-plain-port
  non_ssl_port_enabled = true
}

resource "azurerm_redis_cache" "four" {
  # ok: terraform-redis-plain-port
  non_ssl_port_enabled = false
  # ok: terraform-redis-plain-port
  public_network_access_enabled = true
}

resource "azurerm_redis_cache" "five" {
  # ok: terraform-redis-plain-port
  enable_non_ssl_port = var.plain
  # ok: terraform-redis-plain-port
  name = "non_ssl_port_enabled"
}
