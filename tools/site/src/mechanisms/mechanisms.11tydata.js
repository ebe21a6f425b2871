export default {
  layout: "mechanism.njk",
  eleventyComputed: {title: (data) => data.page.fileSlug},
  permalink: (data) => `mechanisms/${data.page.fileSlug}.html`,
};
