/** A value as PostgreSQL takes it. It keeps no U+0000 in texts; what somebody said with one in it is kept without. */
export const fit = (value: unknown): unknown => {
  if (typeof value === 'string' && value.includes('\0')) return value.replaceAll('\0', '\ufffd');
  return typeof value === 'boolean' ? Number(value) : value;
};
