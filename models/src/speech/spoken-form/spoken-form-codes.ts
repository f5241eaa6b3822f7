/** Codes are read out sign by sign, so that they can be written down. `digit`: how one figure is said. */
export type SayDigit = (digit: string) => string;

const signs = (code: string, digit: SayDigit) =>
  Array.from(code)
    .filter((sign) => /[\p{L}\d]/u.test(sign))
    .map((sign) => (/\d/.test(sign) ? digit(sign) : sign.toUpperCase()))
    .join(' ');

/** Whose papers have numbers for names: "ISO 10816-7". */
export const standards = 'ISO|IEC|EN|DIN|SAE|VDI|IEEE|ASHRAE|ASTM|UL|GB/T|GB|RFC';

/** ISO 3779: 17 letters and figures without I, O and Q. Said in its three parts: maker, model, number. */
const vin = /(?<![A-Za-z\d])(?=[A-Z\d]*\d)(?=[A-Z\d]*[A-Z])([A-HJ-NPR-Z\d]{3})([A-HJ-NPR-Z\d]{6})([A-HJ-NPR-Z\d]{8})(?![A-Za-z\d])/gu;
/** SAE J2012: P, C, B or U, four hexadecimal figures, perhaps a failure type. */
const troubleCode = /(?<![A-Za-z\d])([PCBU][0-3][\dA-F]{3})(?:[-:]([\dA-F]{2}))?(?![A-Za-z\d])/gu;
/** Letters and figures in one: a part number ("06A 905 115 D" is four words), a refrigerant, a model. Letters in capitals only: "2nd" and "5mm" are none. */
const mixed = /(?<![A-Za-z\d.])(?=[A-Z\d/-]*\d)(?=[A-Z\d/-]*[A-Z])[A-Z\d]+(?:[-/][A-Z\d]+)*(?![A-Za-z\d])/gu;
/** Two letters at most before two figures at most are said as a number: H7, M8, E10, L1. */
const short = /^([A-Z]{1,3})-?(\d{1,2})$/;

/**
 * Replaces codes by what is said of them.
 * @param number how a small number is said
 * @param isMeasure whether something like "12V" is a figure with its unit and not a code
 */
export function sayCodes(
  text: string,
  digit: SayDigit,
  number: (written: string) => string,
  isMeasure: (written: string) => boolean,
): string {
  return text
    .replace(vin, (_, maker: string, model: string, rest: string) => [maker, model, rest].map((part) => signs(part, digit)).join(', '))
    .replace(
      troubleCode,
      (_, code: string, failure: string | undefined) => signs(code, digit) + (failure ? `, ${signs(failure, digit)}` : ''),
    )
    .replace(mixed, (code) => {
      if (isMeasure(code)) return code;
      const [, letters, figures] = short.exec(code) ?? [];
      if (letters && figures && !/^0/.test(figures)) return `${signs(letters, digit)} ${number(figures)}`;
      return code
        .split(/[-/]/)
        .map((part) =>
          /^[A-Z]{3,}$/.test(part) || (!/[A-Z]/.test(part) && part.length <= 2 && !/^0/.test(part))
            ? /\d/.test(part)
              ? number(part)
              : part
            : signs(part, digit),
        )
        .join(' ');
    });
}
