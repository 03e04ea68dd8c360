/** Whose address a request comes from, behind proxies that are trusted and past headers that are not. */
import { isIPv4 } from "node:net"
import ipaddr from "ipaddr.js"

/** Networks in CIDR form, such as `10.0.0.0/8`, or single addresses. */
export type TrustedProxies = ReadonlyArray<string>

/**
 * The client's address: that of the connection, unless a trusted proxy holds it; then the last address of
 * `X-Forwarded-For` that is no trusted proxy. IPv4 in IPv6 form is given as IPv4.
 */
export const clientAddressBehind = (
  trustedProxies: TrustedProxies
): ((connection: string, forwardedFor: string | undefined) => string) => {
  const isTrusted = trustedProxyTest(trustedProxies)
  return (connection, forwardedFor) => {
    let address = normalAddress(connection) ?? connection
    if (forwardedFor === undefined) return address
    for (const hop of forwardedFor.split(",").reverse()) {
      if (!isTrusted(address)) break
      const before = normalAddress(hop.trim())
      if (before === undefined) break
      address = before
    }
    return address
  }
}

const normalAddress = (text: string) => {
  // Four decimal numbers are the normal form already.
  if (isIPv4(text)) return text
  return ipaddr.isValid(text) ? ipaddr.process(text).toString() : undefined
}

/** Whether this is an address or a network in CIDR form. */
export const isNetwork = (text: string): boolean => ipaddr.isValidCIDR(withBits(text))

const withBits = (network: string) =>
  network.includes("/") ? network : `${network}/${network.includes(":") ? 128 : 32}`

const trustedProxyTest = (networks: TrustedProxies) => {
  const ranges = networks.map((network) => ipaddr.parseCIDR(withBits(network)))
  return (address: string) => {
    if (!ipaddr.isValid(address)) return false
    const parsed = ipaddr.process(address)
    return ranges.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match([network, bits]))
  }
}
