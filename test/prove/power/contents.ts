/** What a file holds, changed in place; it keeps room to spare, so that a file that grows by a page is not copied whole for each. */
export class Contents {
  private room: Buffer;
  private length = 0;

  constructor(room = 0) {
    this.room = Buffer.allocUnsafeSlow(room);
  }

  /** Holds these bytes and no others from now on. */
  become(bytes: Buffer): void {
    this.length = 0;
    this.write(bytes, 0, 0, bytes.length);
  }

  /** Lays this part of the data at its place; what lies between the old end and it reads as zeros. */
  write(data: Buffer, at: number, from: number, to: number): void {
    if (this.length < at + to) this.resize(at + to);
    data.copy(this.room, at + from, from, to);
  }

  /** Cuts it, or lengthens it with zeros. */
  resize(length: number): void {
    if (length > this.room.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.room.length));
      this.room.copy(larger, 0, 0, this.length);
      this.room = larger;
    }
    if (length > this.length) this.room.fill(0, this.length, length);
    this.length = length;
  }

  /** As it is now, and only until it is changed again. */
  get bytes(): Buffer {
    return this.room.subarray(0, this.length);
  }
}
