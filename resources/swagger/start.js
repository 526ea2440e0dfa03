// A file of its own, because the page's security policy allows no script within it.
SwaggerUIBundle({
  url: "/api/openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  validatorUrl: null, // it would send the document to somebody else's server
});
