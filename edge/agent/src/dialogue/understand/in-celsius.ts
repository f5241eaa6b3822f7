const fahrenheit = [
  /(?<![\d.])(-?\d{1,3}(?:\.\d)?)\s*(?:°|º|degrees?\s*|deg\s*)?(?:f|fahrenheit)(?![\p{L}\d])/giu,
  /华氏(?:温度)?\s*(\d{1,3}(?:\.\d)?)\s*度?/g,
];

/** "70 °F" as the machines have it: "21 degrees". What is told in Fahrenheit is meant in Fahrenheit; rounded to half a degree. */
export const inCelsius = (text: string): string =>
  fahrenheit.reduce(
    (said, one) =>
      said.replace(one, (_, degrees: string) => {
        const celsius = Math.round(((Number(degrees) - 32) * 5 * 2) / 9) / 2;
        return /\p{Script=Han}/u.test(text) ? `${celsius}度` : `${celsius} degrees`;
      }),
    text,
  );
