/** Eight digits are read in two fours. */
export const spaced = (digits: string): string => digits.replace(/(\d{4})(?=\d)/g, '$1 ');
