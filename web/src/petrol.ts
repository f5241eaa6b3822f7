/** The one accent of panel and console, light to dark: far from red, amber and green, which here only ever mean safety. */
export const petrol = [
  '#e8f4f8',
  '#d3e6ed',
  '#a6cddb',
  '#76b3c8',
  '#509db8',
  '#3790af',
  '#0b5a75',
  '#0a4f67',
  '#08445a',
  '#05384b',
] as const;
