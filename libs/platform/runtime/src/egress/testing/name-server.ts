import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const TYPES: Readonly<Record<number, 4 | 16>> = { 1: 4, 28: 16 };

/** The name in a question of DNS (RFC 1035 §4.1.2), and where its type stands. */
function questionOf(message: Buffer): { readonly name: string; readonly typeAt: number } {
  const labels: string[] = [];
  let at = 12;
  for (; message[at] !== 0; at += message[at]! + 1) labels.push(message.toString('latin1', at + 1, at + 1 + message[at]!));
  return { name: labels.join('.'), typeAt: at + 1 };
}

const addressRecord = (type: number, address: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, address.length]), address]);

/** A server of names on this machine. A name that it does not know does not exist; one without addresses is never answered. */
export async function startNameServer(names: Readonly<Record<string, readonly Uint8Array[]>>) {
  const socket = createSocket('udp4');
  socket.on('message', (message, from) => {
    const { name, typeAt } = questionOf(message);
    const addresses = names[name];
    if (addresses?.length === 0) return;
    const type = message.readUInt16BE(typeAt);
    const records = (addresses ?? []).filter(({ length }) => length === TYPES[type]).map((address) => addressRecord(type, address));
    const header = Buffer.from([message[0]!, message[1]!, 0x81, addresses ? 0x80 : 0x83, 0, 1, 0, records.length, 0, 0, 0, 0]);
    socket.send(Buffer.concat([header, message.subarray(12, typeAt + 4), ...records]), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { address: `127.0.0.1:${socket.address().port}`, stop: () => new Promise<void>((resolve) => socket.close(resolve)) };
}
